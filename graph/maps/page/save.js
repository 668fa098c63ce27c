/* save.js: the menu that saves what the map shows as a drawing or a picture. */
(function (D) {
  const LONGEST = 16000;
  const MOST_PIXELS = 100e6;

  function fileName(ending) {
    const name = document.title.normalize("NFKD").toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
    return `${name.slice(0, 60) || "debate"}.${ending}`;
  }

  function download(blob, ending) {
    const url = URL.createObjectURL(blob);
    const name = fileName(ending);
    D.el("a", { href: url, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(url), 60000);
    D.announce(D.t("saved", { name }));
  }

  const written = ({ element }) =>
    new Blob(['<?xml version="1.0" encoding="UTF-8"?>\n', new XMLSerializer().serializeToString(element), "\n"], { type: "image/svg+xml" });

  /** Twice the size of the drawing, or as large as browsers can make a picture. */
  function picture(drawing) {
    const { width, height } = drawing;
    const scale = Math.min(2, LONGEST / Math.max(width, height), Math.sqrt(MOST_PIXELS / (width * height)));
    const image = new Image();
    const url = URL.createObjectURL(written(drawing));
    const failed = () => D.announce(D.t("save-failed"));
    image.addEventListener("error", failed);
    image.addEventListener("load", () => {
      const canvas = D.el("canvas", { width: Math.floor(width * scale), height: Math.floor(height * scale) });
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      URL.revokeObjectURL(url);
      canvas.toBlob((blob) => (blob ? download(blob, "png") : failed()), "image/png");
    });
    image.src = url;
  }

  const WRITERS = {
    svg: (drawing) => download(written(drawing), "svg"),
    png: picture,
  };

  function save(format) {
    menu.open = false;
    summary.focus();
    const drawing = D.drawing();
    if (drawing) WRITERS[format](drawing);
    else D.announce(D.t("save-nothing"));
  }

  const summary = D.el("summary", {}, D.t("save"));
  const menu = D.el(
    "details",
    {
      class: "save",
      on: {
        keydown: (event) => {
          if (event.key !== "Escape" || !menu.open) return;
          menu.open = false;
          summary.focus();
          event.stopPropagation();
        },
        focusout: (event) => {
          if (!menu.contains(event.relatedTarget)) menu.open = false;
        },
      },
    },
    summary,
    D.el("div", {}, Object.keys(WRITERS).map((format) =>
      D.el("button", { type: "button", "data-format": format, on: { click: () => save(format) } }, D.t(`save-${format}`)))),
  );
  document.getElementById("tools").append(menu);
})(dissensus);
