import { expect, test } from 'vitest'
import { csvLine } from './csv.ts'

test.each([
  [['王芳', 3, true, null], '王芳,3,是,\r\n'],
  [['=HYPERLINK("x")'], `"'=HYPERLINK(""x"")"\r\n`],
  [['+86', '-1', '@a', '\tb'], `'+86,'-1,'@a,'\tb\r\n`],
  [['\r=1'], `"'\r=1"\r\n`],
  [['甲,乙', '一\n二', -5], '"甲,乙","一\n二",-5\r\n'],
] as const)('%j', (values, line) => expect(csvLine(values)).toBe(line))
