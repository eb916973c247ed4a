import type { Ref } from "react";

/** A drawing that fills what it stands in; readers get the same in words beside it. */
export function Picture({ canvasRef }: { readonly canvasRef: Ref<HTMLCanvasElement> }) {
  return (
    <div aria-hidden="true" className="absolute inset-0">
      <canvas ref={canvasRef} className="block size-full" />
    </div>
  );
}
