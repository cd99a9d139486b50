/** Markdown as GitHub renders it, by micromark; what comes of names must be text. */
import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'

const OURS = new Set(['h2', 'h3', 'table', 'thead', 'tbody', 'tr', 'th', 'td', 'ul', 'li', 'strong', 'p', 'pre', 'code'])

export function htmlOf(markdown: string): string {
  return micromark(markdown, { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] })
}

/** What a reader sees. */
export function textOfHtml(html: string): string {
  const text = html.replace(/<[^>]*>/g, '')
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&')
}

export function markdownFaults(text: string): string[] {
  const html = htmlOf(text)
  const tags = [...html.matchAll(/<\/?([a-z0-9]+)/gi)].map(([, tag = '']) => tag)
  const outsideCode = html.replace(/<(code|pre)\b[^>]*>.*?<\/\1>/gs, '')
  const rows = [...html.matchAll(/<tr>\n<td[^>]*>(.*?)<\/tr>/gs)].map(([, row = '']) => row.replace(/\n/g, ''))
  return [
    ...(text.endsWith('\n') ? [] : ['the last line does not end']),
    ...(/^<h2>rpmlint-ts: \d+ error/.test(html) ? [] : ['no headline']),
    ...(html.match(/<h2>/g)?.length === 1 ? [] : ['another headline']),
    ...tags.filter(tag => !OURS.has(tag)).map(tag => `an element ${tag}`),
    ...(/@\w/.test(outsideCode) ? ['a mention'] : []),
    ...(/#\d/.test(outsideCode) ? ['a reference to an issue'] : []),
    ...rows.filter(row => !/^<code>[^<]*<\/code><\/td>(<td[^>]*>(\d+|not checked|)<\/td>){4}$/.test(row)),
    ...(Buffer.byteLength(text) > 1024 * 1024 ? ['GitHub refuses more than 1,024 KiB'] : []),
  ]
}
