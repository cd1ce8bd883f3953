import { defineCommand, required, wholeNumber } from '../kernel/cli/command.ts'
import { refused } from '../kernel/contract/problem.ts'
import { figuresOf } from '../kernel/facts/figures.ts'
import { figureText } from '../kernel/facts/text.ts'
import { catalogue } from '../kernel/register/registry.ts'
import { domainTitle, figureJson } from '../modules/reports/public.ts'
import { unitByCode } from '../modules/organisation/public.ts'

export default defineCommand({
  summary: '列出一个单位一年的全部统计数字',
  usage: '--unit 编码 --year 年份 [--json]',
  options: { unit: { type: 'string' }, year: { type: 'string' }, json: { type: 'boolean' } },
  async run(desk, given) {
    const code = required(given, 'unit')
    const year = wholeNumber('year', required(given, 'year'), 1949, 2100)
    const house = await desk.open()
    const { db } = house.services
    const unit = await unitByCode(db, code)
    if (!unit) throw refused('unit-unknown', `没有编码为 ${code} 的单位。`)
    const [from, to] = [`${year}-01-01`, `${year}-12-31`]
    const figures = (await figuresOf(db, await catalogue(db), { unitId: unit.id, from, to })).map((figure) => ({
      ...figure,
      ...figureText(figure),
      key: '',
      unitId: unit.id,
      unitCode: unit.code,
      periodFrom: from,
      periodTo: to,
      section: figure.domain,
      sentence: '',
    }))
    if (given.json) desk.print(JSON.stringify({ unitCode: unit.code, year, figures: figures.map(figureJson) }, null, 1))
    else
      for (const figure of figures)
        desk.print(`${domainTitle(figure.domain)}\t${figure.label}\t${figure.text}\t${figure.facts} 行`)
  },
})
