import type { ZonedDateTime } from "@internationalized/date";
import { fromAbsolute } from "@internationalized/date";
import { CalendarDays, ChevronLeft, ChevronRight } from "lucide-react";
import {
  Calendar as AriaCalendar,
  Button,
  CalendarCell,
  CalendarGrid,
  DateInput,
  DatePicker,
  DateSegment,
  Dialog,
  Group,
  Heading,
  Popover,
} from "react-aria-components";
import { useLabels } from "../labels/labels.tsx";
import { offsetOf } from "../time/instants.ts";
import type { FieldTexts } from "./field.tsx";
import { FieldFrame } from "./field.tsx";

export type DateTimeFieldProps = FieldTexts & {
  /** Milliseconds since 1970, or null. */
  readonly valueMs: number | null;
  readonly onChange: (valueMs: number | null) => void;
  /** The zone that the time is entered in, which is stored with it and written beside it. */
  readonly zone: string;
  readonly earliestMs?: number;
  readonly latestMs?: number;
  readonly isDisabled?: boolean;
};

/** A date and a time in a zone that is named, in the calendar of the language. */
export function DateTimeField(props: DateTimeFieldProps) {
  const { valueMs, onChange, zone, earliestMs, latestMs, isDisabled = false } = props;
  const labels = useLabels();
  const zoned = (ms: number): ZonedDateTime => fromAbsolute(ms, zone);
  return (
    <DatePicker<ZonedDateTime>
      className="k-field"
      value={valueMs === null ? null : zoned(valueMs)}
      placeholderValue={zoned(earliestMs ?? valueMs ?? 0)}
      onChange={(value) => onChange(value === null ? null : value.toDate().getTime())}
      granularity="minute"
      hourCycle={24}
      hideTimeZone
      shouldForceLeadingZeros
      isDisabled={isDisabled}
      isRequired={props.isRequired === true}
      isInvalid={props.errorMessage !== undefined}
      validationBehavior="aria"
      {...(earliestMs === undefined ? {} : { minValue: zoned(earliestMs) })}
      {...(latestMs === undefined ? {} : { maxValue: zoned(latestMs) })}
    >
      <FieldFrame texts={props}>
        <Group className="k-date-group">
          <DateInput className="k-date-input">
            {(segment) => <DateSegment segment={segment} className="k-date-segment" />}
          </DateInput>
          <Button className="k-step" aria-label={labels.calendar}>
            <CalendarDays size={16} strokeWidth={1.5} aria-hidden />
          </Button>
        </Group>
        <span className="k-hint">
          {zone.split("/").at(-1)?.replaceAll("_", " ")}{" "}
          {valueMs !== null && <span className="k-number">{offsetOf(valueMs, zone)}</span>}
        </span>
      </FieldFrame>
      <Popover className="k-popover" offset={4}>
        <Dialog className="k-popover-body">
          <MonthCalendar />
        </Dialog>
      </Popover>
    </DatePicker>
  );
}

function MonthCalendar() {
  return (
    <AriaCalendar className="k-calendar">
      <header className="k-calendar-head">
        <Button slot="previous" className="k-icon-button">
          <ChevronLeft size={16} strokeWidth={1.5} aria-hidden className="k-directional" />
        </Button>
        <Heading />
        <Button slot="next" className="k-icon-button">
          <ChevronRight size={16} strokeWidth={1.5} aria-hidden className="k-directional" />
        </Button>
      </header>
      <CalendarGrid>{(date) => <CalendarCell date={date} className="k-calendar-day" />}</CalendarGrid>
    </AriaCalendar>
  );
}
