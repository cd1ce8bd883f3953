import { defineCommand } from '../kernel/cli/command.ts'
import { refused } from '../kernel/contract/problem.ts'
import { runOracle, type OracleResult } from '../modules/funds/public.ts'

/** Thrown to take everything back once it has been compared. */
class TakeBack extends Error {
  readonly result: OracleResult
  constructor(result: OracleResult) {
    super('compared')
    this.result = result
  }
}

export default defineCommand({
  summary: '核算自检：把一套已知结果的全年账记一遍、结一遍，逐项核对到分',
  usage: '目录',
  help: '目录里有 vouchers.json 和 expected/*.csv（例如 test/fixtures/funds-oracle）。核对后全部撤回，不留下任何记录。',
  options: {},
  words: { min: 1, max: 1 },
  async run(desk, _given, [folder]) {
    const { services } = await desk.open()
    const result = await services.db
      .transaction()
      .execute(async (tx) => {
        throw new TakeBack(await runOracle(tx, folder!))
      })
      .catch((error: unknown) => {
        if (error instanceof TakeBack) return error.result
        throw error
      })
    for (const failure of result.failures) desk.print(failure)
    desk.print(`${result.passed} passed, ${result.failures.length} failed`)
    if (result.failures.length) throw refused('oracle-differs', '账簿与标准答案不一致。')
  },
})
