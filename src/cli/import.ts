import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { operator } from '../kernel/access/actor.ts'
import { defineCommand, required, UsageError, wholeNumber } from '../kernel/cli/command.ts'
import { refused } from '../kernel/contract/problem.ts'
import { writeErrorWorkbook } from '../kernel/importer/error-workbook.ts'
import { checkUpload, commitRun, discardRun, rowsOf } from '../kernel/importer/run.ts'
import { unitByCode } from '../modules/organisation/public.ts'
import { importKinds } from '../imports.ts'

export default defineCommand({
  summary: '导入会员花名册（members）或台账（ledger）',
  usage: 'members|ledger 文件.xlsx --unit 编码 [--year 年份] [--dry-run] [--good-only] [--errors 文件.xlsx]',
  help: [
    '有错误的行时整个文件不写入；加 --good-only 只写入正确的行。--dry-run 只检查，不写入。',
    '--errors 把有错误的行连同原因写成工作簿，改正后可再次导入。',
  ].join('\n'),
  options: {
    unit: { type: 'string' },
    year: { type: 'string' },
    'dry-run': { type: 'boolean' },
    'good-only': { type: 'boolean' },
    errors: { type: 'string' },
  },
  words: { min: 2, max: 2 },
  async run(desk, given, [kindName, file]) {
    const code = required(given, 'unit')
    if (!existsSync(file!)) throw new UsageError(`找不到文件 ${file}。`)
    const house = await desk.open()
    const { db } = house.services
    const kind = importKinds(desk.installation.dataDir).find((one) => one.kind === kindName)
    if (!kind) throw new UsageError(`没有“${kindName}”这种导入，请写 members 或 ledger。`)
    const year = kind.needsYear ? wholeNumber('year', required(given, 'year'), 1949, 2100) : null
    const unit = await unitByCode(db, code)
    if (!unit) throw refused('unit-unknown', `没有编码为 ${code} 的单位。`)
    const hash = createHash('sha256')
    await pipeline(createReadStream(file!), hash)
    const actor = operator()
    desk.say('正在读取和检查 …')
    const preview = await checkUpload(
      db,
      actor,
      kind,
      { unitId: unit.id, year, fileName: path.basename(file!), sha256: hash.digest('hex'), file: file! },
      desk.today(),
    )
    for (const notice of preview.notices) desk.say(notice)
    let after: number | undefined
    do {
      const { rows, next } = await rowsOf(db, preview.id, { status: 'error', limit: 500, ...(after && { after }) })
      for (const row of rows)
        for (const error of row.errors)
          desk.print(
            `工作表“${row.sheet}”第 ${row.rowNo} 行${error.column ? `“${error.column}”列` : ''}：${error.message}`,
          )
      after = next ?? undefined
    } while (after)
    if (given.errors && preview.counts.error) {
      await writeErrorWorkbook(db, preview.id, given.errors)
      desk.say(`有错误的行已写入 ${given.errors}。`)
    }
    const { counts } = preview
    if (given['dry-run']) {
      await discardRun(db, actor, preview.id)
      desk.print(
        `检查完毕，没有写入：新增 ${counts.new} 行，更新 ${counts.update} 行，相同 ${counts.same} 行，错误 ${counts.error} 行。`,
      )
      if (counts.error) throw refused('rows-with-errors', `有 ${counts.error} 行需要改正。`)
      return
    }
    if (counts.error && !given['good-only']) {
      await discardRun(db, actor, preview.id)
      throw refused(
        'rows-with-errors',
        `有 ${counts.error} 行有错误，没有写入任何内容。请改正后重新导入，或加 --good-only 只导入正确的行。`,
      )
    }
    const { sentence } = await commitRun(db, actor, kind, preview.id, given['good-only'] ? 'good' : 'all', desk.today())
    desk.print(sentence)
  },
})
