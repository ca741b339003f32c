"""A JupyterLab of its own, a Chromium that reads it, and a place for the pictures.

Needs chromium on the path, the dependency group `browser`, and AXE naming axe-core's axe.min.js;
`.ci/run browser` provides all three. PICTURES names a folder for the pictures.
"""

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from browser_reader import TUTORIAL, launched

PATIENCE = 180  # seconds, for a server or a kernel to come up on a busy machine
THEMES = {"light": "JupyterLab Light", "dark": "JupyterLab Dark"}


@pytest.fixture(scope="session")
def executed():
    """The tutorial, run from its first cell to its last."""
    notebook = nbformat.read(TUTORIAL, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    client = NotebookClient(notebook, timeout=PATIENCE, kernel_name="python3")
    client.execute()
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
    return notebook


@pytest.fixture(scope="session")
def pictures(tmp_path_factory):
    folder = os.environ.get("PICTURES")
    return Path(folder) if folder else tmp_path_factory.mktemp("pictures")


@pytest.fixture(scope="session")
def browser():
    with launched() as chromium:
        yield chromium


@dataclass
class Lab:
    """A JupyterLab that runs."""

    theme: str
    address: str
    token: str


@pytest.fixture(scope="session", params=THEMES)
def lab(request, tmp_path_factory, executed):
    """JupyterLab with the tutorial twice: `run.ipynb` without outputs, `read.ipynb` with."""
    home = tmp_path_factory.mktemp(f"home-{request.param}")
    documents = home / "documents"
    settings = {
        "apputils-extension/themes": {"theme": THEMES[request.param]},
        "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
        # Otherwise cells below the fold are not in the page.
        "notebook-extension/tracker": {"windowingMode": "none"},
    }
    for name, values in settings.items():
        path = home / "settings/@jupyterlab" / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(values))
    documents.mkdir()
    # Nobody signed it here, so JupyterLab does not trust it.
    nbformat.write(executed, documents / "read.ipynb")
    plain = nbformat.from_dict(executed)
    for cell in plain.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    nbformat.write(plain, documents / "run.ipynb")
    environment = {
        **os.environ,
        "HOME": str(home),
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTER_DATA_DIR": str(home / "data"),
        "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
        "JUPYTERLAB_SETTINGS_DIR": str(home / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(home / "workspaces"),
    }
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--port=0", "--allow-root"]
    command += ["--expose-app-in-browser", f"--ServerApp.root_dir={documents}"]
    with (home / "log").open("wb") as log:
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        found = wait_for(lambda: next((home / "runtime").glob("jpserver-*.json"), None), home)
        told = json.loads(found.read_text())
        yield Lab(request.param, told["url"], told["token"])
    finally:
        stop(server)


def stop(server):
    """End a server that was asked to end, even if it is slow to end its kernels."""
    server.terminate()
    try:
        server.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def wait_for(question, home):
    """The first answer that is not None; the server's log if none comes."""
    for _ in range(10 * PATIENCE):
        answer = question()
        if answer is not None:
            return answer
        time.sleep(0.1)
    raise AssertionError((home / "log").read_text())


@pytest.fixture
def page(browser):
    """A page that remembers where it asked for anything."""
    page = browser.new_page(viewport={"width": 1280, "height": 1000})
    page.asked = []
    page.on("request", lambda request: page.asked.append(request.url))
    page.on("websocket", lambda socket: page.asked.append(socket.url))
    page.set_default_timeout(1000 * PATIENCE)
    yield page
    page.close()
