import { PassThrough } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { csvCell, writeCsv } from './csv.ts'

test.each([
  ['张敏', undefined, '张敏'],
  ['一,二', undefined, '"一,二"'],
  ['说"好"', undefined, '"说""好"""'],
  ['两\n行', undefined, '"两\n行"'],
  ['=1+1', undefined, "'=1+1"],
  ['@甲', undefined, "'@甲"],
  ['-5', undefined, '-5'],
  [123456, 'money', '1234.56'],
  [-5, 'money', '-0.05'],
  [1250, 'percent', '12.50'],
  [7, 'integer', '7'],
  [null, 'money', ''],
] as const)('%j of kind %s is written as %s', (value, kind, written) => {
  expect(csvCell(value, kind)).toBe(written)
})

test('a file begins with the mark of UTF-8 and ends with who exported it', async () => {
  const out = new PassThrough()
  async function* rows() {
    yield ['甲', 100]
  }
  const written = buffer(out)
  await writeCsv(out, [{ header: '姓名' }, { header: '金额', kind: 'money' }], rows(), () => ['※ 导出'])
  expect((await written).toString()).toBe('\uFEFF姓名,金额\r\n甲,1.00\r\n※ 导出\r\n')
})
