import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { AnnouncerProvider } from "../announce/announcer-regions.tsx";
import { englishLabels, UiProvider } from "../labels/labels.tsx";
import { Gallery } from "./gallery.tsx";
import "./page.css";

/** The gallery as a page of its own: `?locale=he&theme=dark`. */
const asked = new URLSearchParams(location.search);
const locale = asked.get("locale") ?? "en";
document.documentElement.lang = locale;
document.documentElement.dir = locale === "he" || locale === "fa" ? "rtl" : "ltr";
document.documentElement.dataset["theme"] = asked.get("theme") ?? "light";

const root = document.getElementById("root");
if (root !== null)
  createRoot(root).render(
    <StrictMode>
      <UiProvider locale={locale} labels={englishLabels}>
        <AnnouncerProvider>
          <Gallery />
        </AnnouncerProvider>
      </UiProvider>
    </StrictMode>,
  );
