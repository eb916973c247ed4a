import { Button } from "../controls/button.tsx";
import { Link } from "../controls/link.tsx";
import { Banner } from "../states/banner.tsx";
import { ConnectionChip } from "../states/connection-chip.tsx";
import { Meter, Progress } from "../states/progress.tsx";
import { Badge, StatusWord } from "../states/status-word.tsx";
import { EmptyFiltered, EmptyState, ErrorState, NoPermission, Skeleton } from "../states/view-states.tsx";
import { Specimen } from "./specimen.tsx";

const nothing = (): void => {};

export function StateSpecimens() {
  return (
    <>
      <Specimen title="Words of state, badges, connection">
        <StatusWord tone="good" sign="check">
          Leading
        </StatusWord>
        <StatusWord tone="warning" sign="alert">
          Not leading
        </StatusWord>
        <StatusWord tone="active" sign="dot">
          Open
        </StatusWord>
        <StatusWord tone="neutral" sign="pause">
          Paused
        </StatusWord>
        <StatusWord tone="danger" sign="ban">
          Disqualified
        </StatusWord>
        <Badge>alternative</Badge>
        <Badge tone="active">contract price</Badge>
        <Badge tone="good">approved</Badge>
        <Badge tone="warning">expires in 9 days</Badge>
        <Badge tone="danger">over limit</Badge>
        <ConnectionChip dataAgeMs={400} roundTripMs={38} clockErrorMs={19} attempt={0} />
        <ConnectionChip dataAgeMs={3_400} roundTripMs={38} attempt={0} />
        <ConnectionChip dataAgeMs={7_000} roundTripMs={null} attempt={2} />
      </Specimen>
      <Specimen title="Banners and measures">
        <div className="k-gallery-wide">
          <Banner
            title="The rules of lot 2 were amended on 21 November."
            actions={<Button size="small">See what changed</Button>}
          />
          <Banner tone="warning" title="Prices are 6 s old.">
            You can still send a typed amount.
          </Banner>
          <Banner tone="danger" title="You were signed out.">
            Sign in here; your amount is kept.
          </Banner>
          <Banner tone="good" title="The chain of the journal is whole, 1,284 entries." />
          <Meter label="Credit used" value={18_200} max={100_000} valueText="18,200 of 100,000 €" />
          <Meter label="Budget of cost centre 4711" value={97} valueText="97 %" tone="danger" />
          <Progress label="Checking rows" value={64} valueText="6,400 of 10,000" />
        </div>
      </Specimen>
      <ViewStateSpecimens />
    </>
  );
}

function ViewStateSpecimens() {
  return (
    <Specimen title="States of a view">
      <div className="k-gallery-wide">
        <Skeleton shape="table" />
      </div>
      <div className="k-gallery-column">
        <Skeleton shape="text" rows={3} />
        <EmptyState
          title="No tenders yet"
          actions={
            <>
              <Button kind="primary">New tender</Button>
              <Link href="#sample">See a sample</Link>
            </>
          }
        >
          A tender says what you need; suppliers bid for it. Start from a template.
        </EmptyState>
      </div>
      <div className="k-gallery-column">
        <EmptyFiltered title="Nothing is open in Grain" onClear={nothing}>
          Filters: category Grain, state open.
        </EmptyFiltered>
        <NoPermission title="The award is for buyers" actions={<Button>Ask Marta Lindqvist</Button>}>
          It takes the permission to award, which Marta Lindqvist can give.
        </NoPermission>
      </div>
      <div className="k-gallery-column">
        <ErrorState title="The bids could not be loaded" onRetry={nothing} reference="req 01K9V3ZP">
          Nothing was sent or changed. Bids that were placed stand.
        </ErrorState>
      </div>
    </Specimen>
  );
}
