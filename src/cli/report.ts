import { writeFile } from 'node:fs/promises'
import { operator } from '../kernel/access/actor.ts'
import { audit } from '../kernel/audit/audit.ts'
import { defineCommand, required, UsageError, wholeNumber } from '../kernel/cli/command.ts'
import { refused } from '../kernel/contract/problem.ts'
import { GENRES, type Genre } from '../kernel/register/declaration.ts'
import { catalogue } from '../kernel/register/registry.ts'
import { figureJson, figuresIn, generateReport, orderOf, reportDocx } from '../modules/reports/public.ts'
import { unitByCode } from '../modules/organisation/public.ts'

export default defineCommand({
  summary: '从台账生成工作报告（Word 文档，可另出全部数字的 JSON）',
  usage: '--unit 编码 --year 年份 --genre annual --out 文件.docx [--json 文件.json] [--outside]',
  help: `报告种类：${Object.entries(GENRES)
    .map(([name, title]) => `${name} ${title}`)
    .join(
      '；',
    )}。\n金额以分为单位，比率以百分数为单位；facts 是该数字背后的行数。\n--outside 出对外版：涉及隐私的小人数不单列。`,
  options: {
    unit: { type: 'string' },
    year: { type: 'string' },
    genre: { type: 'string' },
    out: { type: 'string' },
    json: { type: 'string' },
    outside: { type: 'boolean' },
  },
  async run(desk, given) {
    const code = required(given, 'unit')
    const year = wholeNumber('year', required(given, 'year'), 1949, 2100)
    const genre = (given.genre ?? 'annual') as Genre
    if (!(genre in GENRES)) throw new UsageError(`没有“${genre}”这种报告，可选：${Object.keys(GENRES).join('、')}。`)
    const out = required(given, 'out')
    const house = await desk.open()
    const { db } = house.services
    const unit = await unitByCode(db, code)
    if (!unit) throw refused('unit-unknown', `没有编码为 ${code} 的单位。`)
    desk.say('正在统计和生成 …')
    const body = await db
      .transaction()
      .setIsolationLevel('repeatable read')
      .execute(async (tx) => {
        const written = await generateReport(
          tx,
          await catalogue(tx),
          await orderOf(tx, unit.id, year, genre, desk.today(), given.outside ? 'outside' : 'inside'),
        )
        await audit(tx, operator(), {
          action: 'reports.print',
          objectKind: 'unit',
          objectId: unit.id,
          unitId: unit.id,
          summary: `命令行生成${GENRES[genre]}：${written.title}`,
        })
        return written
      })
    await writeFile(out, await reportDocx(body))
    if (given.json)
      await writeFile(
        given.json,
        JSON.stringify(
          { title: body.title, unitCode: unit.code, year, genre, figures: figuresIn(body).map(figureJson) },
          null,
          1,
        ),
      )
    desk.print(`已生成“${body.title}”：${out}，含 ${figuresIn(body).length} 个数字。`)
  },
})
