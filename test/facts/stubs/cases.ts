/** Functions as compilers make them, in hexadecimal: stubs, and functions that only look like stubs. */
import type { StubKind } from '../../../lib/facts/stubs/stub-kind.js'

export interface Machine {
  readonly name: string
  /** e_machine. */
  readonly machine: number
  readonly nothing: Readonly<Partial<Record<StubKind, Readonly<Record<string, string>>>>>
  readonly something: Readonly<Record<string, string>>
}

const x86_64: Machine = {
  name: 'x86-64',
  machine: 62,
  nothing: {
    'only returns': {
      'a void function': 'c3',
      'a void function behind endbr64': 'f30f1efa c3',
      'a void function of an old compiler (rep ret)': 'f3c3',
      'a void function of an unoptimised build': '55 4889e5 90 5d c3',
      'a void function that spills four parameters': '55 4889e5 897dfc 488975f0 488955e8 894df8 90 5d c3',
      'a void function that spills floats': '55 4889e5 f30f1145fc f20f114df0 90 5d c3',
      'a void function with patchable nops': '9090 c3',
      'a void function behind a long nop': '662e0f1f840000000000 c3',
      'a void function that checks the stack guard':
        '4883ec18 64488b042528000000 4889442408 31c0 488b442408 64482b042528000000 7505 4883c418 c3',
    },
    'returns zero': {
      'a null function': '31c0 c3',
      'a null function of -O1': 'b800000000 c3',
      'a null function with another encoding of xor': '4833c0 c3',
      'a null function that clears by and': '83e000 c3',
      'a null function that clears its argument registers, too': '31c0 31ff 31f6 c3',
      'an unoptimised null function of four parameters': '55 4889e5 48897df8 8975f4 488955e8 894df0 b800000000 5d c3',
      'an unoptimised null function with a local': '55 4889e5 c745fc00000000 8b45fc 5d c3',
      'an unoptimised null function that checks the stack guard':
        '55 4889e5 4883ec10 64488b042528000000 488945f8 31c0 b800000000 488b55f8 64482b142528000000 7405 e800000000 c9 c3',
    },
    'returns a constant': {
      'a function that returns 1': 'b801000000 c3',
      'a function that returns -1 by or': '83c8ff c3',
      'a function that returns -1 as long': '48c7c0ffffffff c3',
      'a function that returns 64 bits': '48b8f0debc9a78563412 c3',
      'a function that returns 1 by push and pop': '6a01 58 c3',
      'a function that returns 1 by inc': '31c0 ffc0 c3',
      'a function that returns -1 by dec': '31c0 ffc8 c3',
      'a function that returns a char': 'b005 c3',
    },
    'returns an argument': {
      'a function that returns its first int': '89f8 c3',
      'a function that returns its second pointer': '4889f0 c3',
      'a function that widens its second int': '4863c6 c3',
      'a function that returns its eighth int': '8b442410 c3',
      'an unoptimised function that returns its second long': '55 4889e5 897dfc 488975f0 488b45f0 5d c3',
    },
  },
  something: {
    'a getter': '8b4708 c3',
    'a read of memory for nothing': '8b07 31c0 c3',
    'an unoptimised getter': '55 4889e5 48897df8 488b45f8 8b4008 5d c3',
    'a setter': '897704 c3',
    'a store of zero': 'c70700000000 c3',
    'a store of zero by and': '832700 c3',
    'a store of -1 by or': '830fff c3',
    'a sum in place': '810701000000 c3',
    'a store to a global': '893d462f0000 c3',
    'a load of a global': '8b05362f0000 c3',
    'a store to the thread': '64c7042510000000 00000000 c3',
    'a load from the thread': '64488b042500000000 c3',
    'a tail call': 'e90bffffff',
    'a tail call by the global offset table': 'ff2562130300',
    'a call': '4883ec08 e8c7feffff 31c0 4883c408 c3',
    'a call of address zero': '31c0 ffd0 c3',
    'a trap': '0f0b',
    'a halt': 'f4 c3',
    'a breakpoint': 'cc c3',
    'a loop': 'ebfe',
    'the address of a static': '488d05152f0000 c3',
    'a sum': '8d0437 c3',
    'an increment': '8d4701 c3',
    'an increment in place': '89f8 ffc0 c3',
    'a mask': '89f8 83e001 c3',
    'an or of the lower half alone': '6683c8ff c3',
    'an and of the lower half alone': '6683e000 c3',
    'a condition': '85ff 750c 31c0 c3',
    'a jump without the stack guard': '31c0 7400 c3',
    'a comparison': '31c0 85ff 0f94c0 c3',
    'a half that is read from the whole': '55 4889e5 48897df8 8b45fc 5d c3',
    'a return to another address': '50 c3',
    'a return to a changed address': '48893c24 c3',
    'a return with a frame left behind': '55 4889e5 c3',
    'a return of the stack pointer': '4889e0 c3',
    'a return of a register that nobody set': '4889d8 c3',
    'a return that pops more': 'c20800',
    'no more than the stack guard': '64488b042528000000 c3',
    'a change of the stack guard': '6448310425 28000000 31c0 c3',
  },
}

const i386: Machine = {
  name: 'i386',
  machine: 3,
  nothing: {
    'only returns': {
      'a void function': 'c3',
      'a void function behind endbr32': 'f30f1efb c3',
      'an unoptimised void function of PIC': '55 89e5 e896010000 05cc2f0000 90 5d c3',
      'a void function that checks the stack guard': '83ec1c 65a114000000 8944240c 31c0 8b44240c 652b0514000000 7504 83c41c c3',
    },
    'returns zero': {
      'a null function': '31c0 c3',
      'an unoptimised null function of PIC': '55 89e5 e886010000 05bc2f0000 b800000000 5d c3',
      'an unoptimised null function with a local': '55 89e5 83ec10 c745fc00000000 8b45fc c9 c3',
    },
    'returns a constant': {
      'a function that returns -1': 'b8ffffffff c3',
      'a function that returns 1 by inc': '31c0 ffc0 c3',
      'a function that returns -1 by dec': '31c0 ffc8 c3',
    },
    'returns an argument': {
      'a function that returns its first argument': '8b442404 c3',
      'an unoptimised function that returns its second argument': '55 89e5 e836010000 056c2f0000 8b450c 5d c3',
    },
  },
  something: {
    'a getter': '8b442404 8b4008 c3',
    'a read of memory for nothing': '8b442404 8b00 31c0 c3',
    'a setter': '8b442404 8b542408 895004 c3',
    'a store to a global': 'e8c7000000 050f2f0000 8b542404 89902c000000 c3',
    'a store of zero by and': '8b442404 832000 c3',
    'an or of the lower half alone': '6683c8ff c3',
    'a load of a global': 'e8a7000000 05ef2e0000 8b802c000000 c3',
    'the address of a static': 'e867000000 05af2e0000 8d802c000000 c3',
    'a tail call': 'e9fcffffff',
    'a call': '83ec0c e8fcffffff 31c0 83c40c c3',
    'a sum': '8b442408 03442404 c3',
    'a condition': '8b542404 31c0 85d2 0f94c0 c3',
    'a trap': '0f0b',
    'a load without a base': 'a114000000 c3',
    'a load of the return address': '8b0424 c3',
  },
}

const aarch64: Machine = {
  name: 'aarch64',
  machine: 183,
  nothing: {
    'only returns': {
      'a void function, or one that returns its first argument': 'c0035fd6',
      'a void function behind bti c': '5f2403d5 c0035fd6',
      'a void function that signs its return address': '3f2303d5 bf2303d5 c0035fd6',
      'a void function with a frame': 'fd7bbfa9 fd030091 fd7bc1a8 c0035fd6',
      'an unoptimised void function': '1f2003d5 c0035fd6',
      'an unoptimised function that returns its first argument': 'ff4300d1 e00f00b9 e00f40b9 ff430091 c0035fd6',
    },
    'returns zero': {
      'a null function': '00008052 c0035fd6',
      'a null function from the zero register': 'e0031faa c0035fd6',
      'an unoptimised null function': 'ff8300d1 e00f00f9 e11700b9 e20700f9 e31300b9 00008052 ff830091 c0035fd6',
    },
    'returns a constant': {
      'a function that returns 1': '20008052 c0035fd6',
      'a function that returns -1': '00008012 c0035fd6',
      'a function that returns 32 bits': '00cf8a52 8046a272 c0035fd6',
      'a function that returns a mask': 'e00f00b2 c0035fd6',
    },
    'returns an argument': {
      'a function that returns its second argument': 'e00301aa c0035fd6',
      'a function that widens its second argument': '207c4093 c0035fd6',
      'an unoptimised function that returns its second argument': 'ff4300d1 e00f00b9 e10300f9 e00340f9 ff430091 c0035fd6',
      'a function that returns its ninth argument': 'e00340b9 c0035fd6',
      'a function that stores unscaled and loads scaled': 'ff4300d1 e18300f8 e00740f9 ff430091 c0035fd6',
      'a function that stores scaled and loads unscaled': 'ff4300d1 e10700f9 e08340f8 ff430091 c0035fd6',
      'a function that makes its frame by a pre-indexed store': 'e10f1ff8 e00340f9 ff430091 c0035fd6',
      'a function that drops its frame by a post-indexed load': 'ff4300d1 e10300f9 e00741f8 c0035fd6',
      'a function that stores a pair and loads one of it': 'ff8300d1 e20701a9 e00f40f9 ff830091 c0035fd6',
      'a function that makes and drops its frame by pairs': 'e207bfa9 e00740f9 e313c1a8 c0035fd6',
    },
  },
  something: {
    'a getter': '000840b9 c0035fd6',
    'a read of memory for nothing': '000040b9 00008052 c0035fd6',
    'an unoptimised getter': 'ff4300d1 e00700f9 e00740f9 000840b9 ff430091 c0035fd6',
    'a setter': '010400b9 c0035fd6',
    'a store to a global': '01010090 200800b9 c0035fd6',
    'a load of a global': '00010090 000840b9 c0035fd6',
    'the address of a static': '00010090 00200091 c0035fd6',
    'a tail call': 'ccffff17',
    'a call': 'fd7bbfa9 fd030091 bfffff97 00008052 fd7bc1a8 c0035fd6',
    'a sum': '0000010b c0035fd6',
    'an increment': '00040011 c0035fd6',
    'a mask': '00000012 c0035fd6',
    'a condition': '60000035 00008052 c0035fd6',
    'a comparison': '1f000071 e0179f1a c0035fd6',
    'a trap': '007d20d4 c0035fd6',
    'a return by another register': '20005fd6',
    'a return with a frame left behind': 'ff4300d1 c0035fd6',
    'a part of a constant put into an argument': 'e00301aa 8046a272 c0035fd6',
  },
}

const ppc64le: Machine = {
  name: 'ppc64le',
  machine: 21,
  nothing: {
    'only returns': {
      'a void function, or one that returns its first argument': '2000804e',
      'a void function behind the prologue of its global entry': '02004c3c 10784238 2000804e',
      'an unoptimised void function': 'f8ffe1fb d1ff21f8 780b3f7c 00000060 30003f38 f8ffe1eb 2000804e',
      'a void function that saves its link register': 'a602087c 100001f8 e1ff21f8 20002138 100001e8 a603087c 2000804e',
    },
    'returns zero': {
      'a null function': '00006038 2000804e',
      'an unoptimised null function':
        'f8ffe1fb b1ff21f8 780b3f7c 20007ff8 7823897c 3000bff8 7833ca7c 28003f91 7853497d 2c003f91 00002039 b407297d 784b237d 50003f38 f8ffe1eb 2000804e',
    },
    'returns a constant': {
      'a function that returns -1': 'ffff6038 2000804e',
      'a function that returns 32 bits': '3412603c 78566360 2000804e',
      'a function that returns 32 bits with a prefix': '34120006 78566038 2000804e',
    },
    'returns an argument': {
      'a function that returns its second argument': '7823837c 2000804e',
      'an unoptimised function that returns its second argument':
        'f8ffe1fb c1ff21f8 780b3f7c 781b697c 28009ff8 20003f91 28003fe9 784b237d 40003f38 f8ffe1eb 2000804e',
    },
  },
  something: {
    'a getter': '0a0063e8 2000804e',
    'a read of memory for nothing': '00006380 00006038 2000804e',
    'an unoptimised getter': 'f8ffe1fb c1ff21f8 780b3f7c 20007ff8 20003fe9 08002981 b407297d 784b237d 40003f38 f8ffe1eb 2000804e',
    'a setter': '04008390 2000804e',
    'a store to a global': '02004c3c 10784238 00000060 18816290 2000804e',
    'a load of a global': '02004c3c f0774238 00000060 1a8162e8 2000804e',
    'the address of a static': '02004c3c 90774238 00000060 18816238 2000804e',
    'the address of a static relative to the program counter': '00001006 78566038 2000804e',
    'a tail call': '3dfeff4b',
    'a call': 'a602087c 100001f8 e1ff21f8 3dfeff4b 20002138 100001e8 a603087c 2000804e',
    'a sum': '1422637c b407637c 2000804e',
    'an increment': '01006338 2000804e',
    'a condition': '0000232c 14008240 00006038 2000804e',
    'a narrowed argument': '3e068354 2000804e',
    'a trap': '0800e07f 2000804e',
    'a return with a frame left behind': 'd1ff21f8 2000804e',
    'a return to another address': 'a603087c 2000804e',
  },
}

const s390x: Machine = {
  name: 's390x',
  machine: 22,
  nothing: {
    'only returns': {
      'a void function, or one that returns its first argument': '07fe',
      'an unoptimised void function': 'b3c1000b b90400bf 0700 b3cd00b0 07fe',
      'a void function with a frame': 'ebbff0580024 e3f0ff58ff71 ebbff1000004 07fe',
      'a void function behind a long nop': 'c00400000000 07fe',
      'an unoptimised function that returns its first argument':
        'b3c1002b b3c1000f e3f0ff58ff71 b90400bf b9040012 5010b0a4 5810b0a4 b9140011 b9040021 b3cd00f0 b3cd00b2 07fe',
    },
    'returns zero': {
      'a null function': 'a7290000 07fe',
      'an unoptimised null function':
        'b3c1002b b3c1000f e3f0ff48ff71 b90400bf e320b0b00024 b9040013 e340b0a00024 b9040025 5010b0ac 1812 5010b0a8 a7180000 b9140011 b9040021 b3cd00f0 b3cd00b2 07fe',
      'an unoptimised null function with a local': 'b3c1000b b90400bf e54cf0a40000 5810f0a4 b9140021 b3cd00b0 07fe',
    },
    'returns a constant': {
      'a function that returns 1': 'a7290001 07fe',
      'a function that returns 32 bits': 'c02112345678 07fe',
      'a function that returns a large unsigned': 'a52e8000 07fe',
      'a function that returns 64 bits': 'c02e12345678 c02d9abcdef0 07fe',
    },
    'returns an argument': {
      'a function that returns its second argument': 'b9040023 07fe',
      'a function that returns its second int': '1823 07fe',
      'a function that returns its eighth argument': 'e320f0b40014 07fe',
      'an unoptimised function that returns its second argument':
        'b3c1002b b3c1000f e3f0ff50ff71 b90400bf b9040012 e330b0a00024 5010b0ac e310b0a00004 b9040021 b3cd00f0 b3cd00b2 07fe',
    },
  },
  something: {
    'a getter': 'e32020080014 07fe',
    'a read of memory for nothing': '58202000 a7290000 07fe',
    'an unoptimised getter':
      'b3c1002b b3c1000f e3f0ff58ff71 b90400bf e320b0a00024 e310b0a00004 58101008 b9140011 b9040021 b3cd00f0 b3cd00b2 07fe',
    'a setter': '50302004 07fe',
    'a store of zero': 'e54c20000000 07fe',
    'a store to a global': 'c42f00000cf8 07fe',
    'a load of a global': 'c42c00000cf4 07fe',
    'the address of a static': 'c02000000cec 07fe',
    'a load without a base': '58200010 07fe',
    'an indexed load from the stack': 'e323f0a00004 07fe',
    'a tail call': 'c0f4ffffffb8',
    'a call': 'ebeff0700024 e3f0ff60ff71 c0e5ffffff9f a7290000 ebeff1100004 07fe',
    'a sum': '1a23 b9140022 07fe',
    'an increment': 'a72b0001 07fe',
    'a condition': 'b9020022 a7740005 a7290000 07fe',
    'a comparison': '1022 a72affff 8820001f b9140022 07fe',
    'a trap': 'a7f40001',
    'a return with a frame left behind': 'e3f0ff58ff71 07fe',
    'a return by another register': '07f3',
  },
}

export const machines: readonly Machine[] = [x86_64, i386, aarch64, ppc64le, s390x]
