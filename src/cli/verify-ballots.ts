import { existsSync } from 'node:fs'
import { defineCommand } from '../kernel/cli/command.ts'
import { refused } from '../kernel/contract/problem.ts'
import { recountFolder, reportText } from '../modules/ballots/public.ts'

export default defineCommand({
  summary: '核验一次秘密投票的公布文件并重新计票（不连数据库，不联网）',
  usage: '文件夹 [--eid 选票编号] [--receipt 回执文件]… [--mine 名册凭据文件]',
  help: [
    '输出一行 JSON 报告；accepted 为 true 表示全部通过。选票编号印在公告上，请用 --eid 与公告核对。',
    '同样的核验可以用另一套独立程序做：python3 verify/verify_ballots.py 文件夹，两份报告应当一字不差。',
  ].join('\n'),
  options: {
    eid: { type: 'string' },
    receipt: { type: 'string', multiple: true },
    mine: { type: 'string' },
  },
  words: { min: 1, max: 1 },
  async run(desk, given, [folder]) {
    if (!existsSync(folder!)) throw refused('no-folder', `没有文件夹 ${folder}。`)
    const report = recountFolder(folder!, {
      ...(given.eid && { eid: given.eid }),
      ...(given.receipt && { receipts: given.receipt }),
      ...(given.mine && { mine: given.mine }),
    })
    desk.print(reportText(report))
    const { length } = report.reasons
    const first = report.reasons.slice(0, 10).join('、')
    if (length) throw refused('not-accepted', `核验未通过：${first}${length > 10 ? ` 等 ${length} 处` : ''}`)
    desk.say(`核验通过：${report.ballots} 张电子选票，重新计票结果与公布一致。`)
  },
})
