"""Chromium, and whatever it complains about."""
import os
import pathlib

from playwright.sync_api import sync_playwright


class Browser:
    """Pages in a browser; `troubles` holds errors in the console and requests that nothing should make."""

    def __enter__(self):
        self.playwright = sync_playwright().start()
        self.chromium = self.playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"])
        self.troubles = []
        return self

    def __exit__(self, *_):
        self.chromium.close()
        self.playwright.stop()

    def open(self, path, width=1280, height=900, scheme="light", scripts=True):
        """The page of a file, with the script or without."""
        context = self.chromium.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme,
            java_script_enabled=scripts, reduced_motion="reduce")
        page = context.new_page()
        address = pathlib.Path(path).as_uri()
        page.on("console", lambda message: self.note("console", message.text, message.type))
        page.on("pageerror", lambda error: self.note("error", str(error)))
        page.on("dialog", lambda dialog: self.note("dialog", dialog.message) or dialog.dismiss())
        page.on("request", lambda request: request.url.split("#")[0] == address
                or self.note("request", request.url))
        page.goto(address)
        return page

    def note(self, kind, words, level="error"):
        if level in ("error", "warning"):
            self.troubles.append(f"{kind}: {words}")

    def take_pictures(self, path, folder):
        os.makedirs(folder, exist_ok=True)
        kinds = {"desktop": (1280, "light"), "dark": (1280, "dark"), "phone": (390, "light")}
        for name, (width, scheme) in kinds.items():
            page = self.open(path, width, scheme=scheme)
            page.screenshot(path=f"{folder}/{name}.png", full_page=True)
            if name == "desktop":
                page.pdf(path=f"{folder}/page.pdf", format="A4")
            page.context.close()
