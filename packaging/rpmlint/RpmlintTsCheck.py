"""rpmlint 2.x check that hands each package to rpmlint-ts and tells its findings as rpmlint's own.

Belongs in rpmlint/checks/, for rpmlint takes checks from nowhere else; the descriptions beside it belong in rpmlint/descriptions/, and
rpmlint-ts.toml, which turns it on, in /etc/xdg/rpmlint/. The lines are those of `rpmlint-ts check --format rpmlint`, so that a filter serves both.
"""
import json
import os
import re
import subprocess

from rpmlint.checks.AbstractCheck import AbstractCheck

LEVELS = {'error': 'E', 'warning': 'W', 'info': 'I'}

# What a terminal or a reader of logs would obey: controls, separators of lines, marks that turn the direction of writing.
UNPRINTABLE = re.compile('[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]')


class RpmlintTsCheck(AbstractCheck):
    def __init__(self, config, output):
        super().__init__(config, output)
        settings = config.configuration.get('RpmlintTs', {})
        self.command = [os.environ.get('RPMLINT_TS', settings.get('Command', 'rpmlint-ts')), 'check', '--format', 'json']
        self.command += settings.get('Args', [])

    def check(self, pkg):
        # An installed package has no file of its own: there is nothing to hand over.
        if not pkg.filename or not os.path.isfile(pkg.filename):
            self.output.add_info('W', pkg, 'rpmlint-ts-failed', 'an installed package was not checked, only .rpm files are')
            return
        # rpmlint would only print an exception and go on with the next package, which would look like a clean one.
        try:
            findings = self._findings(str(pkg.filename))
        except (OSError, ValueError, LookupError, TypeError) as error:
            self.output.add_info('E', pkg, 'rpmlint-ts-failed', _printable(str(error)))
            return
        for level, rule, details in findings:
            self.output.add_info(level, pkg, rule, *details)

    def _findings(self, path):
        """Level, rule and details of each finding that counts. Raises where there is no verdict."""
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
