import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { compileMessage } from "@lingui/message-utils/compileMessage";
import tailwind from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vite";

const root = fileURLToPath(new URL(".", import.meta.url));
const catalogue = /\/catalogues\/[a-z-]+\/[a-z]{2}\.json$/;
const compressible = /\.(js|css|svg|json)$/;

/** Messages are compiled here, so that no browser needs the compiler. */
function compiledCatalogues(): Plugin {
  return {
    name: "kontor-catalogues",
    enforce: "pre",
    transform: (code, id) => {
      if (!catalogue.test(id)) return null;
      const messages = Object.entries(JSON.parse(code) as Readonly<Record<string, string>>);
      const compiled = messages.map(([name, message]) => [name, compileMessage(message)]);
      return JSON.stringify(Object.fromEntries(compiled));
    },
  };
}

const hiddenStrings = /\/react-(?:aria|stately)\/dist\/.*\/([a-z]{2}-[A-Z]{2})\.m?js$/;
const keptStrings = new Set(["en-US", "fr-FR", "es-ES", "zh-CN", "ru-RU", "he-IL"]);

/** The component library speaks thirty languages to screen readers; those that the app does not have stay out. */
function fewerHiddenStrings(): Plugin {
  return {
    name: "kontor-hidden-strings",
    enforce: "pre",
    load: (id) => {
      const locale = hiddenStrings.exec(id)?.[1];
      return locale === undefined || keptStrings.has(locale) ? null : "export default {};";
    },
  };
}

/** Every text asset once more as .br and .gz, so that the server compresses nothing while it serves. */
function precompressed(): Plugin {
  return {
    name: "kontor-precompressed",
    apply: "build",
    enforce: "post",
    generateBundle: {
      order: "post",
      async handler(_options, bundle) {
        for (const file of Object.values(bundle)) {
          if (!compressible.test(file.fileName)) continue;
          const content = Buffer.from(file.type === "chunk" ? file.code : file.source);
          const params = { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
          const br = await promisify(brotliCompress)(content, { params });
          const gz = await promisify(gzip)(content, { level: 9 });
          this.emitFile({ type: "asset", fileName: `${file.fileName}.br`, source: br });
          this.emitFile({ type: "asset", fileName: `${file.fileName}.gz`, source: gz });
        }
      },
    },
  };
}

export default defineConfig({
  root,
  publicDir: false,
  plugins: [compiledCatalogues(), fewerHiddenStrings(), react(), tailwind(), precompressed()],
  build: {
    target: "es2022",
    manifest: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1_000,
  },
});
