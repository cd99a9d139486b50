"""Loads a mock plugin as mock does, with as much of mock as the plugin uses: FOLDER RESULTDIR STATE NAMES OPTIONS.

FOLDER holds the plugin, STATE is how the build went, NAMES are the packages that it made, OPTIONS are those of the plugin, as JSON.
"""
import importlib.util
import json
import logging
import sys
import types


class PkgError(Exception):
    """As in mockbuild.exception: ends the run of mock."""


class Unprivileged:
    """mockbuild.uid.UidManager: as a context, without the rights of root."""

    def __enter__(self):
        logging.info('rights dropped')

    def __exit__(self, *_):
        logging.info('rights restored')


def module(name, **members):
    sys.modules[name] = types.ModuleType(name)
    vars(sys.modules[name]).update(members)


folder, resultdir, result, names, options = sys.argv[1:]
logging.basicConfig(level=logging.INFO, format='%(levelname)s %(message)s')
module('mockbuild')
module('mockbuild.exception', PkgError=PkgError)
module('mockbuild.trace_decorator', getLog=logging.getLogger)

# mockbuild/plugin.py: loads by path, compares the version of the interface, calls init, later the hooks
spec = importlib.util.spec_from_file_location('rpmlint_ts', f'{folder}/rpmlint_ts.py')
plugin = importlib.util.module_from_spec(spec)
spec.loader.exec_module(plugin)
assert plugin.requires_api_version == '1.1'
hooks = {}
plugins = types.SimpleNamespace(add_hook=lambda stage, function: hooks.setdefault(stage, []).append(function))
buildroot = types.SimpleNamespace(
    resultdir=resultdir,
    state=types.SimpleNamespace(result=result),
    final_rpm_list=names.split() if names else None,
    uid_manager=Unprivileged(),
)
plugin.init(plugins, json.loads(options), buildroot)
assert list(hooks) == ['postbuild'], hooks
try:
    for hook in hooks['postbuild']:
        hook()
except PkgError as error:
    print(f'PkgError {error}')
    sys.exit(30)
