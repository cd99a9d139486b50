"""rpmlint 2.x check that runs rpmlint-ts on each package and reports its findings as rpmlint's own.

Installed in rpmlint/checks/, the only place that rpmlint loads checks from; its descriptions are installed in rpmlint/descriptions/, and
rpmlint-ts.toml, which enables it, in /etc/xdg/rpmlint/. The lines are those of `rpmlint-ts check --format rpmlint`, so that a filter serves both.
"""
import json
import os
import re
import subprocess

from rpmlint.checks.AbstractCheck import AbstractCheck

LEVELS = {'error': 'E', 'warning': 'W', 'info': 'I'}

# Characters that a terminal or log viewer interprets: controls, line separators, bidirectional marks.
UNPRINTABLE = re.compile('[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]')


class RpmlintTsCheck(AbstractCheck):
    def __init__(self, config, output):
        super().__init__(config, output)
        settings = config.configuration.get('RpmlintTs', {})
        self.command = [os.environ.get('RPMLINT_TS', settings.get('Command', 'rpmlint-ts')), 'check', '--format', 'json']
        self.command += settings.get('Args', [])

    def check(self, pkg):
        # An installed package has no package file to check.
        if not pkg.filename or not os.path.isfile(pkg.filename):
            self.output.add_info('W', pkg, 'rpmlint-ts-failed', 'an installed package was not checked, only .rpm files are')
            return
        # rpmlint would only print an exception and continue, and the package would look clean.
        try:
            findings = self._findings(str(pkg.filename))
        except (OSError, ValueError, LookupError, TypeError) as error:
            self.output.add_info('E', pkg, 'rpmlint-ts-failed', _printable(str(error)))
            return
        for level, rule, details in findings:
            self.output.add_info(level, pkg, rule, *details)

    def _findings(self, path):
        """Level, rule and details of each finding that counts. Raises if the package could not be checked."""
        run = subprocess.run([*self.command, '--', path], capture_output=True, encoding='utf-8', check=False)
        if run.returncode not in (0, 1, 2) or not run.stdout:
            raise ValueError(f'status {run.returncode}: {run.stderr.strip()[-400:]}')
        [entry] = json.loads(run.stdout)['packages']
        if entry['outcome'] != 'checked':
            raise ValueError(f'not checked ({entry["reason"]}): {entry["message"]}')
        return [
            (LEVELS[finding['severity']], finding['rule'], [_printable(part) for part in (finding['file'] or '', *finding['symbols'])])
            for finding in entry['findings']
            if finding['waived'] is None
        ]


def _printable(text):
    return UNPRINTABLE.sub(lambda found: f'\\x{ord(found[0]):02x}' if ord(found[0]) < 256 else f'\\u{ord(found[0]):04x}', text)
