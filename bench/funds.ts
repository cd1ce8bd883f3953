import { mkdirSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { operator } from '../src/kernel/access/actor.ts'
import { connect, type Connection } from '../src/kernel/db/database.ts'
import { startEmbedded } from '../src/kernel/db/embedded.ts'
import { migrate } from '../src/kernel/db/migrate.ts'
import '../src/modules.ts'
import {
  balances,
  balanceSheet,
  ledgerPage,
  monthlyIncome,
  openBook,
  postVoucher,
  requireBook,
  verifyBook,
  type Book,
} from '../src/modules/funds/public.ts'
import { addUnit } from '../src/modules/organisation/public.ts'
import { inTurn, timed, type Times } from './clock.ts'
import { duration, type Result } from './result.ts'
import { statementsOf } from './serving.ts'

const YEAR = 2025
const BATCH = 5_000
const actor = operator('bench')

/**
 * A journal of `lines` lines in one book and one year, four to a voucher: drawn up by SQL, posted by the product's own
 * function, which numbers, chains and sums every voucher.
 */
async function buildJournal(
  owner: pg.Client,
  book: Book,
  lines: number,
  say: (line: string) => void,
): Promise<{ vouchers: number; ms: number | null }> {
  const vouchers = Math.ceil(lines / 4)
  // Enough to spend from.
  await owner.query(
    `insert into funds.opening (book_id, account_id, balance_fen)
     select $1, a.id, o.fen from (values ('101', 1e11::bigint), ('102', 1e12::bigint), ('32205', -11e11::bigint)) as o (code, fen)
       join funds.account a on a.code = o.code and a.book_id is null`,
    [book.id],
  )
  await owner.query('select funds.open_sums($1)', [book.id])
  await owner.query(
    `insert into funds.voucher (book_id, year, month, on_date, summary, attachments, state, prepared_by, prepared_name,
       reviewed_by, reviewed_name, reviewed_at)
     select $1, $2, extract(month from d), d, '第' || n || '笔业务', 1, 'reviewed', 1, '制单', 2, '审核', now()
     from generate_series(1, $3::int) n, lateral (select make_date($2, 1, 1) + (n::bigint * 364 / $3)::int as d) day order by n`,
    [book.id, YEAR, vouchers],
  )
  // Half receive, half spend; every second one on a cash account too.
  await owner.query(
    `insert into funds.entry (voucher_id, book_id, on_date, line, account_id, debit_fen, credit_fen, counterparty)
     select v.id, v.book_id, v.on_date, l.line, a.id, case when l.debit then l.fen else 0 end, case when l.debit then 0 else l.fen end, '往来' || v.id % 500
     from funds.voucher v
       cross join lateral (select v.id % 2 = 0 as receives, 1000 + v.id % 9000 as fen) one
       cross join lateral (values
         (1, case when receives then '102' else '50105' end, true, one.fen),
         (2, case when receives then '401' else '102' end, false, one.fen),
         (3, case when receives then '101' else '50404' end, true, one.fen / 10),
         (4, case when receives then '408' else '101' end, false, one.fen / 10)) as l (line, code, debit, fen)
       join funds.account a on a.code = l.code and a.book_id is null
     where v.book_id = $1`,
    [book.id],
  )
  await owner.query('analyze funds.voucher; analyze funds.entry')
  const { rows } = await owner.query<{ id: string }>(`select id from funds.voucher where book_id = $1 order by id`, [
    book.id,
  ])
  let ms = 0
  for (let start = 0; start < rows.length; start += BATCH) {
    const batch = rows.slice(start, start + BATCH).map((row) => row.id)
    ms += (await timed(() => owner.query('select funds.post($1::bigint[], 1, $2)', [batch, '记账']))).ms
    if (start % (BATCH * 10) === 0) say(`${(start * 4).toLocaleString('en')} lines posted`)
  }
  for (const table of ['voucher', 'entry', 'month_sum']) await owner.query(`vacuum analyze funds.${table}`)
  return { vouchers, ms }
}

/** The same inserts as posting makes, in one durable transaction and without any check, number or chain. */
async function postBare(pool: pg.Pool, book: Book, accounts: Map<string, number>): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    const { rows } = await client.query<{ id: number }>(
      `insert into funds.voucher (book_id, year, month, on_date, summary, attachments, state, prepared_by, prepared_name,
         reviewed_by, reviewed_name, reviewed_at)
       values ($1, $2, 12, $3, '慰问', 1, 'reviewed', 1, '制单', 2, '审核', now()) returning id`,
      [book.id, YEAR, `${YEAR}-12-31`],
    )
    await client.query(
      `insert into funds.entry (voucher_id, book_id, on_date, line, account_id, debit_fen, credit_fen, counterparty)
       values ($1, $2, $3, 1, $4, 100, 0, '某人'), ($1, $2, $3, 2, $5, 0, 100, '某人')`,
      [rows[0]!.id, book.id, `${YEAR}-12-31`, accounts.get('401'), accounts.get('102')],
    )
    await client.query(
      `insert into kernel.fact (measure, unit_id, on_date, quantity, dims, ref_kind, ref_id, ref_line, posted_by)
       values ('funds.bench', $1, $2, 100, '{}', 'voucher', $3, 1, 0)`,
      [book.unitId, `${YEAR}-12-31`, rows[0]!.id],
    )
    await client.query(
      `insert into kernel.audit (actor_id, actor_name, office, action, object_kind, object_id, unit_id, summary)
       values (0, 'bench', '', 'funds.post', 'voucher', $1, $2, '记账')`,
      [rows[0]!.id, book.unitId],
    )
    await client.query('commit')
  } finally {
    client.release()
  }
}

/** The unit whose book an earlier run in the same folder filled, if it is as large. */
async function keptBook(pool: pg.Pool, vouchers: number): Promise<number | null> {
  const { rows } = await pool.query<{ id: number }>(
    `select u.id from funds.book b join organisation.unit u on u.id = b.unit_id
     where u.code like 'bench-%' and b.last_seq between $1 and $1 + 10000 order by b.id limit 1`,
    [vouchers],
  )
  return rows[0]?.id ?? null
}

const shown = (times: Times): string => `${duration(times.median)}, p95 ${duration(times.p95)}`

/** Times a read of ours against the very statements it sends, over the same kind of connection. */
async function read(
  connection: Connection,
  what: string,
  work: (round: number) => Promise<unknown>,
  aim: { text: string; met: (times: Times, ratio: number) => boolean },
): Promise<Result> {
  const statements = await statementsOf(() => work(0))
  const times = await inTurn(
    {
      ours: work,
      bare: async () => {
        for (const { text, values } of statements) await connection.pool.query(text, values)
      },
    },
    15,
  )
  const ratio = times.ours.median / times.bare.median
  return {
    part: 'A journal of one book',
    what,
    measured: shown(times.ours),
    floor: shown(times.bare),
    ratio,
    aim: aim.text,
    met: aim.met(times.ours, ratio),
  }
}

/** `npm run -s bench -- funds`: posting, trial balance, ledger and statements over a journal of a million lines. */
export async function measureFunds(
  dataDir: string,
  lines: number,
  say: (line: string) => void,
): Promise<{ results: Result[]; note: string }> {
  mkdirSync(path.join(dataDir), { recursive: true, mode: 0o711 })
  const embedded = await startEmbedded({ dataDir, say })
  const owner = new pg.Client(embedded.ownerUrl)
  await owner.connect()
  await migrate(owner)
  const connection = connect(embedded.appUrl, { max: 6, statementTimeoutMs: 600_000 })
  const { db, pool } = connection
  try {
    const kept = await keptBook(pool, Math.ceil(lines / 4))
    const book = kept
      ? await requireBook(db, kept)
      : await db.transaction().execute(async (tx) => {
          const unit = await addUnit(tx, actor, { code: `bench-${Date.now()}`, name: '试验公司工会', type: 'union' })
          return openBook(tx, actor, { unitId: unit.id, openedOn: `${YEAR}-01-01` })
        })
    const built = kept ? { vouchers: Math.ceil(lines / 4), ms: null } : await buildJournal(owner, book, lines, say)
    const { rows: chart } = await pool.query<{ code: string; id: number }>(
      'select code, id from funds.account where book_id is null',
    )
    const accounts = new Map(chart.map((row) => [row.code, row.id]))
    const results: Result[] = []
    const twice = { text: '≤ 2×', met: (_: Times, ratio: number) => ratio <= 2 }
    const quick = { text: '≤ 2×, p95 ≤ 300 ms', met: (times: Times, ratio: number) => ratio <= 2 && times.p95 <= 300 }

    const posting = await inTurn(
      {
        ours: () =>
          db.transaction().execute((tx) =>
            postVoucher(tx, actor, book.unitId, {
              onDate: `${YEAR}-12-31`,
              summary: '慰问',
              attachments: 1,
              entries: [
                { account: '102', debitFen: 100, counterparty: '某人' },
                { account: '401', creditFen: 100, counterparty: '某人' },
              ],
            }),
          ),
        bare: () => postBare(pool, book, accounts),
      },
      100,
      10,
    )
    const ratio = posting.ours.median / posting.bare.median
    results.push({
      part: 'A journal of one book',
      what: 'one voucher posted in a transaction of its own: checks, number, hash, sums, fact, audit',
      measured: shown(posting.ours),
      floor: shown(posting.bare),
      ratio,
      aim: '≤ 2×',
      met: ratio <= 2,
    })
    results.push(
      await read(connection, 'trial balance of a month’s end', () => balances(db, book.id, `${YEAR}-11-30`), quick),
      await read(
        connection,
        'trial balance of any day',
        (round) => balances(db, book.id, `${YEAR}-${String(1 + (round % 12)).padStart(2, '0')}-20`),
        quick,
      ),
      await read(
        connection,
        'first page of the bank’s ledger in the year’s middle, with running balances',
        () => ledgerPage(db, book, '102', { from: `${YEAR}-06-15`, limit: 100 }),
        twice,
      ),
      await read(
        connection,
        'both statements of a month',
        async () => {
          await balanceSheet(db, book.id, YEAR, 11)
          await monthlyIncome(db, book.id, YEAR, 11)
        },
        twice,
      ),
    )
    const walked = await timed(() => verifyBook(db, book.id))
    const rate = built.ms
      ? `, posted in batches of ${BATCH.toLocaleString('en')} at ${Math.round((built.vouchers * 4 * 1000) / built.ms).toLocaleString('en')} lines a second (check, number, hash, sums)`
      : ''
    const note = `${(built.vouchers * 4).toLocaleString('en')} lines in ${built.vouchers.toLocaleString('en')} vouchers of one book and one year${rate}. \`funds verify\` walks the chain, the lines, the sums and every month’s identities in ${duration(walked.ms)}. The floor of a read is the very SQL it sends; of posting, the inserts alone: no check, no number, no chain, no sums.`
    return { results, note }
  } finally {
    await connection.close()
    await owner.end()
    await embedded.stop()
  }
}
