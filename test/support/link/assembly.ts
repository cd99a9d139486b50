/** A planned object as source for the GNU assembler, x86-64. Each definition leads to its own name, so that probes can say where they got. */
import type { Definition, ObjectPlan, Reference } from './graph-plan.js'

const OBJECT_SIZE = 96 // bytes of a data object; its text fits

/** What a definition says of itself: `file#node`. */
export function identityOf(plan: ObjectPlan, { node }: Definition): string {
  return `${plan.file}#${node ?? ''}`
}

export function assemblyOf(plan: ObjectPlan, isProgram: boolean): string {
  return [
    ...plan.definitions.flatMap((definition, index) => definitionLines(definition, `impl_${index}`, identityOf(plan, definition))),
    ...plan.references.flatMap((reference, index) => referenceLines(reference, index)),
    '.section .rodata',
    '.globl probed_object; .hidden probed_object',
    `probed_object: .asciz "${plan.file}"`,
    '.section probes,"aw",@progbits', // there even where it stays empty
    ...(isProgram ? START : []),
    '.section .note.GNU-stack,"",@progbits',
    '',
  ].join('\n')
}

/** Start-up objects of the compiler are left out; the loader does not call a program's own constructors. */
const START = ['.text', '.globl _start', '_start: and $-16, %rsp', 'call report_probes', 'mov $60, %eax', 'xor %edi, %edi', 'syscall']

function definitionLines(definition: Definition, implementation: string, identity: string): string[] {
  const { name, node, isDefault, visibility } = definition
  const label = node === null ? name : implementation
  return [
    ...bodyOf(definition, label, implementation, identity),
    `.${definition.binding === 'weak' ? 'weak' : 'globl'} ${label}`,
    ...(visibility === 'default' ? [] : [`.${visibility} ${label}`]),
    ...(node === null ? [] : [`.symver ${label}, ${name}@${isDefault ? '@' : ''}${node}`]),
  ]
}

function bodyOf({ type, binding }: Definition, label: string, unique: string, identity: string): string[] {
  const text = [`.section .rodata`, `text_${unique}: .asciz "${identity}"`, '.text']
  const returning = (name: string): string[] => [`${name}: lea text_${unique}(%rip), %rax`, 'ret', `.size ${name}, . - ${name}`]
  switch (type) {
    case 'function':
      return [...text, `.type ${label}, @function`, ...returning(label)]
    case 'notype':
      return [...text, ...returning(label)]
    case 'ifunc':
      return [
        ...text,
        ...returning(`chosen_${unique}`),
        `.type ${label}, @gnu_indirect_function`,
        `${label}: lea chosen_${unique}(%rip), %rax`,
        'ret',
      ]
    case 'object':
    case 'tls':
      return [
        type === 'tls' ? '.section .tdata,"awT",@progbits' : '.data',
        `.type ${label}, @${type === 'tls' ? 'tls_object' : binding === 'unique' ? 'gnu_unique_object' : 'object'}`,
        '.balign 16',
        `${label}: .asciz "${identity}"`,
        `.zero ${OBJECT_SIZE - identity.length - 1}`,
        `.size ${label}, ${OBJECT_SIZE}`,
      ]
  }
}

function referenceLines(reference: Reference, index: number): string[] {
  const { name, node, isWeak, probe } = reference
  const symbol = node === null ? name : `reference_${index}`
  return [
    ...(node === null ? [] : [`.symver ${symbol}, ${name}@${node}`]),
    ...(isWeak ? [`.weak ${symbol}`] : []),
    ...reachOf(reference, symbol, index),
    ...(probe === null ? [] : probeLines(reference, index)),
  ]
}

/** Code `reach_N` that returns what the reference leads to: a text for a call, else an address. */
function reachOf({ kind }: Reference, symbol: string, index: number): string[] {
  const code = (...lines: readonly string[]): string[] => ['.text', `reach_${index}:`, ...lines]
  const threadBased = ['add %fs:0, %rax', 'ret']
  switch (kind) {
    case 'call':
      return code(`jmp ${symbol}@PLT`)
    case 'call-through-got':
      return code(`jmp *${symbol}@GOTPCREL(%rip)`)
    case 'got':
      return code(`mov ${symbol}@GOTPCREL(%rip), %rax`, 'ret')
    case 'word':
      return ['.data', '.balign 8', `word_${index}: .quad ${symbol}`, ...code(`mov word_${index}(%rip), %rax`, 'ret')]
    case 'absolute':
      return code(`mov $${symbol}, %eax`, 'ret')
    case 'tls-ie':
      return code(`mov ${symbol}@gottpoff(%rip), %rax`, ...threadBased)
    case 'tls-gd':
      return code(
        'sub $8, %rsp',
        `data16 lea ${symbol}@tlsgd(%rip), %rdi`, // the link editor rewrites this sequence, so it has to be just so
        '.value 0x6666',
        'rex64 call __tls_get_addr@PLT',
        'add $8, %rsp',
        'ret',
      )
    case 'tls-desc':
      return code('sub $8, %rsp', `lea ${symbol}@tlsdesc(%rip), %rax`, `call *${symbol}@tlscall(%rax)`, 'add $8, %rsp', ...threadBased)
  }
}

const CALLS: ReadonlySet<Reference['kind']> = new Set(['call', 'call-through-got'])

/** An entry of `struct probe` in reporter.c. */
function probeLines({ name, node, kind, probe }: Reference, index: number): string[] {
  const mode = CALLS.has(kind) ? 'text' : probe === 'function' ? 'function' : 'object'
  return [
    '.section .rodata',
    `name_${index}: .asciz "${name}"`,
    `asked_${index}: .asciz "${node ?? ''}"`,
    `kind_${index}: .asciz "${kind}"`,
    '.section probes,"aw",@progbits',
    `.quad name_${index}, asked_${index}, kind_${index}, reach_${index}, ${['text', 'function', 'object'].indexOf(mode)}`,
  ]
}
