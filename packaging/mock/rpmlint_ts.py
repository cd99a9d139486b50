"""mock plug-in: lints the packages of a successful build on the host, and fails the run if they are rejected or could not be checked.

Installed in mockbuild/plugins/. In a configuration of mock:

    config_opts['plugins'].insert(config_opts['plugins'].index('sign'), 'rpmlint_ts')
    config_opts['plugin_conf']['rpmlint_ts_enable'] = True
    config_opts['plugin_conf']['rpmlint_ts_opts'] = {'command': 'rpmlint-ts', 'args': [], 'enforce': True}
"""
import os
import subprocess

from mockbuild.exception import PkgError
from mockbuild.trace_decorator import getLog

# Options with which rpmlint-ts exits with 0 without checking anything.
IDLE = {'-h', '--help', '-V', '--version', '--print-config'}

requires_api_version = '1.1'
run_in_bootstrap = False


def init(plugins, conf, buildroot):
    RpmlintTs(plugins, conf, buildroot)


class RpmlintTs:
    def __init__(self, plugins, conf, buildroot):
        self.conf = conf
        self.buildroot = buildroot
        plugins.add_hook('postbuild', self.check)

    def check(self):
        # The hook is also called after failed builds, and after builds of only a source package.
        if self.buildroot.state.result != 'success':
            return
        # Packages of this build: the directory may contain others. There is no list if no package was built.
        names = sorted(name for name in self.buildroot.final_rpm_list or [] if not _is_source(name))
        if not names:
            return
        packages = [os.path.join(self.buildroot.resultdir, name) for name in names]
        log = os.path.join(self.buildroot.resultdir, 'rpmlint-ts.log')
        with self.buildroot.uid_manager:  # not as root, as mock is here
            verdict = self._lint(packages, log)
        if verdict is None:
            getLog().info('rpmlint-ts: %d packages are clean', len(packages))
        elif self.conf.get('enforce', True):
            raise PkgError(f'rpmlint-ts: {verdict}, see {log}')
        else:
            getLog().warning('rpmlint-ts: %s, see %s', verdict, log)

    def _lint(self, packages, log):
        """None for clean, otherwise the reason. Settings are only those given in `args`: mock may be started anywhere."""
        args = self.conf.get('args', [])
        idle = sorted(IDLE.intersection(args))
        if idle:
            return f'nothing is checked with {idle[0]}; remove it from args'
        command = [self.conf.get('command', 'rpmlint-ts'), 'check', '--config', '/dev/null', *args, *packages]
        with open(log, 'w', encoding='utf-8') as output:
            try:
                status = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, check=False).returncode
            except OSError as error:
                return f'could not be started ({error})'
        return {0: None, 1: 'the packages are rejected', 2: 'the packages could not be checked'}.get(status, f'ended abnormally (status {status})')


def _is_source(path):
    return path.endswith(('.src.rpm', '.nosrc.rpm'))
