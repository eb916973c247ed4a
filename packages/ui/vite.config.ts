import { fileURLToPath } from "node:url";
import tailwind from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** The gallery alone, to be looked at and to be tested; nothing of it is shipped. */
export default defineConfig({
  root: fileURLToPath(new URL("src/gallery", import.meta.url)),
  plugins: [react(), tailwind()],
});
