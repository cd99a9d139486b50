import { expect, test } from '@jest/globals'
import fc from '../support/properties.js'
import { element, textElement, xmlDocument } from '../../lib/report/xml.js'
import { safeText, safeLines } from '../../lib/report/safe-text.js'
import { hostileText } from '../support/hostile-report.js'
import { xmlTree } from '../support/validators/xml-tree.js'

test('text and attributes are parsed back with the same escapes as in other output', () => {
  fc.assert(
    fc.property(hostileText, hostileText, (attribute, text) => {
      const root = xmlTree(xmlDocument(element('a', { b: attribute }, [textElement('c', { d: attribute }, text)])))
      const [child] = root.children
      expect({ root: root.attributes, child: child?.attributes, text: child?.text }).toEqual({
        root: { b: safeText(attribute) },
        child: { d: safeText(attribute) },
        text: safeLines(text),
      })
    }),
  )
})

test('an empty element is self-closing', () => expect(element('a', { n: 1 })).toBe('<a n="1"/>'))
