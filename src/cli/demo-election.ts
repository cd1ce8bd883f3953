import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { defineCommand, required, wholeNumber } from '../kernel/cli/command.ts'
import { refused } from '../kernel/contract/problem.ts'
import { recountFolder } from '../modules/ballots/public.ts'

export default defineCommand({
  summary: '演示一场完整的无记名电子选举，并留下可由任何人核验的公布文件',
  usage: '--voters 人数 --out 文件夹',
  help: [
    '在一个临时的、用完即删的职家里进行，不碰本单位的数据。选举人全部是虚构的。',
    '之后可以核验：npm run -s zhijia -- verify-ballots 文件夹，或 python3 verify/verify_ballots.py 文件夹。',
  ].join('\n'),
  options: { voters: { type: 'string' }, out: { type: 'string' } },
  async run(desk, given) {
    const voters = wholeNumber('voters', required(given, 'voters'), 12, 100_000)
    const out = path.resolve(required(given, 'out'))
    if (existsSync(out) && readdirSync(out).length) throw refused('not-empty', `文件夹 ${out} 不是空的，请换一个。`)
    const { holdElection } = await import('../demo/secret-election.ts')
    const held = await holdElection({ voters, out }, desk.say)
    const report = recountFolder(out, {
      receipts: [path.join(out, 'receipt-1.json')],
      mine: path.join(out, 'mine-1.json'),
    })
    if (!report.accepted) throw refused('not-accepted', `核验未通过：${report.reasons.join('、')}`)
    desk.print(
      `名册 ${voters} 人，领票 ${report.papers.online} 人，收到 ${report.ballots} 张，有效 ${report.result!.valid} 张。`,
    )
    desk.print(`选票编号 ${report.eid}`)
    desk.print(`公布文件在 ${out}，重新计票与公布一致，${held.receipts.length} 张回执。`)
  },
})
