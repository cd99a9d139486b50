/**
 * Small streams of the formats that Node cannot write everywhere, made by xz 5.4, bzip2 1.0.8 and zstd 1.5 out of the same four contents.
 * The xz streams carry SHA-256 checks, as rpm's do; the zstd frames carry checksums, as rpm's do not.
 */
import { gzipSync } from 'node:zlib'
import type { Compression } from '../../../lib/archive/magic.js'

export type Sample = 'empty' | 'byte' | 'text' | 'zeros'

export const CONTENTS: Readonly<Record<Sample, Buffer>> = {
  empty: Buffer.alloc(0),
  byte: Buffer.from('x'),
  text: Buffer.from(Array.from({ length: 150 }, (_, i) => `line ${i} of a payload, ${(i * i * 7919) % 1000}\n`).join('')).subarray(0, 3000),
  zeros: Buffer.alloc(4 * 1024 * 1024),
}

type Packed = Readonly<Record<Sample, Buffer>>

/** The contents as one stream each of every format that is really compressed. */
export const PACKED: Readonly<Record<Exclude<Compression, 'none'>, Packed>> = {
  gzip: { empty: gzipSync(CONTENTS.empty), byte: gzipSync(CONTENTS.byte), text: gzipSync(CONTENTS.text), zeros: gzipSync(CONTENTS.zeros) },
  bzip2: packed({
    empty: 'QlpoORdyRThQkAAAAAA=',
    byte: 'QlpoOTFBWSZTWXdLsBQAAAAAgABAIAAhGEaC7kinChIO6XYCgA==',
    text: [
      'QlpoOTFBWSZTWXvyObAABEbZgAAQQAR/4CclwCBAApMLdsqrA00AaqmQGgNMIgoQACU/VUTQATAgioaNCgBiPyCe5zpTuyU423ZTgspyymJZTllMyy3LKall',
      'yWU3LLl2U1LLkspmWW5s01t2zTXds0143jErDJCEITAYIYMEAUGBJCQBIkYpKSYximKRIlJSYgmKQxRAkQRRJI+AKFVmwPXnveevCfsyo5SxzUbhazJ4PGHh',
      'eRlmIiumJ7NfBkTWPe1MbBs8BeYm+JzW9dOIvE2ppKW1f0CL7UF9mxKUvzu+98+B5q1mFOIArWZYp7QyAqQgpwNN5LxtXmdy4kgNKjVUEMCQSSSyeVtMJ3L2',
      'mvs3LWK0pAFy9Y4DOnnKzVXLaUQjQrmLOqqt49GuNiWCnKKagTc5d8ec5viTsBVrZAbWYPLvS7d7kW196WAJuHaKi5UkEwROMFOApiDj7M3vnesUNb3qUAz0',
      '7S1JcOd8l2asRdi5eALypkATdZIGdsvXN972gG27NAbgMCzoLkBTgKZ296zm9a3hMzG4Etms0EisYxdUXhQXkEXyoLyCLYEXlEXhQXoEXoEWyguQEWQRf4u5',
      'IpwoSD35HNgA',
    ].join(''),
    zeros: 'QlpoOTFBWSZTWVYC4ogAICBIAMAAAAQACCAAMMwFKaYCAbECAeLuSKcKEgrAXFEA',
  }),
  lzma: packed({
    empty: 'XQAAgAD//////////wCD//v//8AAAAA=',
    byte: 'XQAAgAD//////////wA8Qfv////gAAAA',
    text: [
      'XQAAgAD//////////wA2GkofCKAmA00Gne/ti7TT1uWyhD8tkiWrZ1W5zOqVucXnGAISAFVICZ9TMtvA9krY0sPa4gVadCWWWnZhvAZIzP63a3zHagKFO6jk',
      '/CHzc8QGNHXAVsxQ6IwvZrbq4oTV3Zdjy+BvoZ5dzFyo6BBUHJTFZoa4kC9JUEu/0toyOthXx6LhG6VgEmGYNK84lML3MtLrkL7q/QkwkORmMTGbPUIJyYf8',
      'iFusJD8pDRJtd1mzy+IKab9HkRdbKpB+iHJZIFFzi2FqaeB+aHglllMYvWfmE7qsheynyl3Z+a8gj4QpIYu+L7lJbbKOV8/DfAiD3YWsx8eggakXxr5v5j2A',
      'q+o9BCBm6mfV1UKVs5tKYtvrnP2gNvlqz7aLohNZzWGOcdHGFe93SahwqP6N2t6DDeIdTrMKjO+e3KjoboIEjKplZir8yb1ujqUypAV25QRz+30rONE2Nyq/',
      'VCU0SnQqMMwHo5ALZAhLpTU9igOkgtP43o4wTHlT2MLUPoBm68MYpUZVUiPM10S8Xd1BqaOujtCX0spzvg+PVrfzVBUGdpx0N12Hizk462wkubYaQ+X7QHK/',
      '+sGaWXZU/C7kh9//wABJAA==',
    ].join(''),
    zeros: [
      'XQAAgAD//////////wAAb/3//6O3/0c+SBVyOWFRuJIo5qOGB/nu5B6C0y/FOjwBS7F+yYqKTS+jDdl/puOMIxFT4FkYxXWK4nf4tpR/DGrA3nRJZOLpXFOy',
      'BNj3RAyrXw1tRunlw3aIt5ZXrLZN4Wkdb/tLiBBsQsuIP1wAj9BOryYolHEfPY8k4XCepyNf7CjLhdGVmIp+KpHyJ3X3GcAGmE2Y/div1ZAPxCVT+PWRNjEF',
      'pbDub8FwTUcM0ZERqq1gHbrOsScYXFmG6WZSWL7pdqxZ5OVbBQj5x9qt/PtSK3TNHlsgQvndUz34KWQJO4DLKmzftTvwxL0uX6oPPktmQpATDv8Qk/hxeFn4',
      'C83/lShGD6n8fN77mjAuVsCPhfODgcBlxCVT+PWRNjEFpbDub8FwTUcM0ZERqq1gHbrOsScYXFmG6WZSWL7pdqxZ5OVbBQj5x9qt/PtSK3TNHlsgQvndUz34',
      'KWQJO4DLKmzftTvwxL0uX6oPPktmQpATDv8Qk/hxeFn4C83/lShGD6n8fN77mjAuVsCPhfODgcBlxCVT+PWRNjEFpbDub8FwTUcM0ZERqq1gHbrOsScYXFmG',
      '6WZSWL7pdqxZ5OVbBQj5x9qt/PtSK3TNHlsgQvndUz34KWQJO4DLKmzftTvwxL0uX6oPPktmQpATDv8Qk/hxeFn4C83/lShGD6n8fN77mjAuVsCPhfODgcBl',
      'xCVT+PWRNjEFpbDub8FwTUcM0ZERqq1gHbrOsScYXFmG6WZSWL7pdqxZ5OVbBQj5x9qt/PtSK3TNHlsgQvndUz34KWQJO4DLKmzftTvwxL0uX6oPPktmQpAT',
      'Dv8Qk/hxeFn4C83/lShGD6n8fN77mjAuVsCPhfODgcBlxCVT+PWRNCYMw/bz//98SAAA',
    ].join(''),
  }),
  xz: packed({
    empty: '/Td6WFoAAArh+wyhAAAAABzfRCEYm0uaAQAAAAAKWVo=',
    byte: '/Td6WFoAAArh+wyhAgAhARYAAAB0L+WjAQAAeAAAAAAtcRZCtyawRAFifKn7rDL1yFMPsZA8xNsCJYcXkhpIgQABMQEPgtyRGJtLmgEAAAAAClla',
    text: [
      '/Td6WFoAAArh+wyhAgAhARYAAAB0L+Wj4Au3Ab5dADYaSh8IoCYDTQad7+2LtNPW5bKEPy2SJatnVbnM6pW5xecYAhIAVUgJn1My28D2StjSw9riBVp0JZZa',
      'dmG8BkjM/rdrfMdqAoU7qOT8IfNzxAY0dcBWzFDojC9mturihNXdl2PL4G+hnl3MXKjoEFQclMVmhriQL0lQS7/S2jI62FfHouEbpWASYZg0rziUwvcy0uuQ',
      'vur9CTCQ5GYxMZs9QgnJh/yIW6wkPykNEm13WbPL4gppv0eRF1sqkH6IclkgUXOLYWpp4H5oeCWWUxi9Z+YTuqyF7KfKXdn5ryCPhCkhi74vuUltso5Xz8N8',
      'CIPdhazHx6CBqRfGvm/mPYCr6j0EIGbqZ9XVQpWzm0pi2+uc/aA2+WrPtouiE1nNYY5x0cYV73dJqHCo/o3a3oMN4h1OswqM757cqOhuggSMqmVmKvzJvW6O',
      'pTKkBXblBHP7fSs40TY3Kr9UJTRKdCowzAejkAtkCEulNT2KA6SC0/jejjBMeVPYwtQ+gGbrwxilRlVSI8zXRLxd3UGpo66O0JfSynO+D49Wt/NUFQZ2nHQ3',
      'XYeLOTjrbCS5thpD5ftAcr/6wZpZdlT5zOFmAAAA7haTG18SE3sbKhF6o+RR1GoXm5/KRPzG4MD7QqCQ8vkAAfIDuBcAAJ/FAB226d8cAgAAAAAKWVo=',
    ].join(''),
    zeros: [
      '/Td6WFoAAArh+wyhAgAhARYAAAB0L+Wj//8RAWxdAABv/f//o7f/Rz5IFXI5YVG4kijmo4YH+e7kHoLTL8U6PAFLsX7JiopNL6MN2X+m44wjEVPgWRjFdYri',
      'd/i2lH8MasDedElk4ulcU7IE2PdEDKtfDW1G6eXDdoi3llestk3haR1v+0uIEGxCy4g/XACP0E6vJiiUcR89jyThcJ6nI1/sKMuF0ZWYin4qkfIndfcZwAaY',
      'TZj92K/VkA/EJVP49ZE2MQWlsO5vwXBNRwzRkRGqrWAdus6xJxhcWYbpZlJYvul2rFnk5VsFCPnH2q38+1IrdM0eWyBC+d1TPfgpZAk7gMsqbN+1O/DEvS5f',
      'qg8+S2ZCkBMO/xCT+HF4WfgLzf+VKEYPqfx83vuaMC5WwI+F84OBwGXEJVP49ZE2MQWlsO5vwXBNRwzRkRGqrWAdus6xJxhcWYbpZlJYvul2rFnk5VsFCPnH',
      '2q38+1IrdM0eWyBC+d1TPfgpZAk7gMsqbN+1O/DEvEgn5lif/xABKwDsc1On/b6ufDEan7eNMW5wnqcjX+woy4XRlZiKfiqR8id19xnABphNmP3Yr9WQD8Ql',
      'U/j1kTYxBaWw7m/BcE1HDNGREaqtYB26zrEnGFxZhulmUli+6XasWeTlWwUI+cfarfz7Uit0zR5bIEL53VM9+ClkCTuAyyps37U78MS9Ll+qDz5LZkKQEw7/',
      'EJP4cXhZ+AvN/5UoRg+p/Hze+5owLlbAj4Xzg4HAZcQlU/j1kTYxBaWw7m/BcE1HDNGREaqtYB26zrEnGFxZhulmUli+6XasWeTlWwUI+cfarfz7Uit0zR5b',
      'IEL53VM9+ClkCTuAyyps37U78MS9Ll+qDz5LZkKQEw7/EJP4cXhZ+AvN/5UoRg+p/Hze+5owLlbAj4Xzg4HAZcQlUQ8/soAB3AAFAEHqpi0AALufjfYUdNJe',
      'cfoAciMYzThzlsoXNmBeEkiCHMDePTr4AAHcBYCAgAIl06i3tunfHAIAAAAAClla',
    ].join(''),
  }),
  zstd: packed({
    empty: 'KLUv/SQAAQAAmenYUQ==',
    byte: 'KLUv/SQBCQAAeCMRBIM=',
    text: [
      'KLUv/WS4Ci0NADYePxSgGdoDpjdeRVWFp82VvQn48uvUCD0AOAA2AOUpoqFWx+5xj4qYjJdv5evLZMNKs6Nsh51hX1bOfujWu/FZ+UViqseYbbwvQBgYCBKH',
      'hUBBAQsJCgkIwyF+kRzVNOaPd1oiJfXWzXNkk5iVX3SlzhhrB32uJEJCvz9z05qGlV1kQ71narxakcrcdztd6yYaFub1vHEezTPi/bwaXhXvSPRLl2kqzaGJ',
      '6Br6tI32a25FZx+alUbTxqC1aGO0F83m1rrOme5WAVUaQ209tfno/1bk0o9drOOkYxa6Mym/hOQktVHKMaSvK9K3v+8+k5SVX3SDOjQv8TN4nv/wJoDiqBGQ',
      'Md+/A4CVJEk6ESQYW0iE8X0O4E4WJAISQYWgQnVgIZBY6yioWBpDKkw9JFTJlw23aqg6lFd5o5Kuq05WKCu9IGruJTUxLopyQH3BaGUIOYAXeJ8J9tKrFjqi',
      'IsqSEa8a6G0iX/Z2Hs5nhW6HhCrSaoWpMiQPsxUdUREtya/QTKc+RgAnAE3+6fXn2W/kN/WH3CollmleVqotOCqLS7YCqArOQwGS',
    ].join(''),
    zeros: [
      'KLUv/aQAAEAATAAACAABAPz/ORACAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAAC',
      'ABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAwAQACidvHw=',
    ].join(''),
  }),
}

function packed(base64: Readonly<Record<Sample, string>>): Packed {
  const decode = (sample: Sample): Buffer => Buffer.from(base64[sample], 'base64')
  return { empty: decode('empty'), byte: decode('byte'), text: decode('text'), zeros: decode('zeros') }
}
