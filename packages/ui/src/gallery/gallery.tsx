import "./gallery.css";
import { ControlSpecimens } from "./control-specimens.tsx";
import { DataSpecimens } from "./data-specimens.tsx";
import { FieldSpecimens } from "./field-specimens.tsx";
import { NumberSpecimens } from "./number-specimens.tsx";
import { OverlaySpecimens } from "./overlay-specimens.tsx";
import { StateSpecimens } from "./state-specimens.tsx";

/** Every component in its states, to be looked at while building. */
export function Gallery() {
  return (
    <div className="k-gallery">
      <DataSpecimens />
      <NumberSpecimens />
      <ControlSpecimens />
      <FieldSpecimens />
      <OverlaySpecimens />
      <StateSpecimens />
    </div>
  );
}
