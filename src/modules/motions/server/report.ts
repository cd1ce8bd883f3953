import { sql } from 'kysely'
import { requirePermission } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import type { Db } from '../../../kernel/db/database.ts'
import {
  chineseOrdinal,
  officialDate,
  type Block,
  type OfficialDocument,
  type Run,
} from '../../../kernel/documents/model.ts'
import { figuresOf } from '../../../kernel/facts/figures.ts'
import { figureText } from '../../../kernel/facts/text.ts'
import { catalogue } from '../../../kernel/register/registry.ts'
import { numberText, stateTitle, VERDICTS, type MotionState, type Verdict } from '../words.ts'
import { statisticsOf } from './statistics.ts'

interface Told {
  series: string | null
  number: number | null
  title: string
  mover: string | null
  department: string | null
  state: MotionState
  mergedInto: number | null
  progress: string | null
  verdict: Verdict | null
}

/**
 * 提案办理情况报告 to the next congress: what was collected and filed, by whom it was handled, what movers said, what is
 * still open; a list of every motion at the end. Every number is a figure of the registers, counted for the same period.
 * @param congress 六届四次职工代表大会, to whom it is given
 * @throws Problem 403, 404
 */
export async function handlingReport(
  db: Db,
  actor: Actor,
  scope: { unitId: number; from: string; to: string; congress: string },
  today: string,
): Promise<OfficialDocument> {
  await requirePermission(db, actor, 'motions.supervise', scope.unitId, 'motions.read')
  const { rows: units } = await sql<{
    name: string
  }>`select name from organisation.unit where id = ${scope.unitId}`.execute(db)
  const known = await catalogue(db, [scope.unitId])
  const counted = await figuresOf(db, known, scope)
  const figures = new Map(counted.map((figure) => [figure.metric, figure]))
  const run = (name: string): Run => {
    const metric = `congress.${name}`
    const figure = figures.get(metric)
    const unit = known.metrics.get(metric)!.unit
    return {
      text: figure ? figureText(figure).text : `0${unit}`,
      bookmark: `f_${metric.replaceAll(/[^A-Za-z0-9_.]/g, '_')}`,
    }
  }
  const has = (name: string): boolean => (figures.get(`congress.${name}`)?.value ?? 0) > 0
  const say = (...parts: (string | Run)[]): Block => ({
    kind: 'paragraph',
    runs: parts.map((part) => (typeof part === 'string' ? { text: part } : part)),
  })
  const statistics = await statisticsOf(db, actor, scope, today)
  const motions = await listed(db, scope)

  const sections: Block[][] = [
    [
      { kind: 'heading', level: 1, text: '征集立案' },
      say(
        `${officialDate(scope.from)}至${officialDate(scope.to)}，共收到职工提案和意见`,
        run('motion.collected'),
        '，其中提案、议案',
        run('motion.count'),
        ...(has('motion.between-sessions') ? ['，闭会期间收到', run('motion.between-sessions')] : []),
        '。经提案小组审查，立案',
        run('motion.filed'),
        '；其余的并案办理、转作意见或说明理由不予立案，均已告知提案人。',
      ),
    ],
    [
      { kind: 'heading', level: 1, text: '承办答复' },
      say(
        '立案的提案按照“归口办理”的原则交由',
        run('motion.departments'),
        '部门承办，已答复',
        run('motion.replied'),
        ...(has('motion.reply-rate') ? ['，答复率', run('motion.reply-rate')] : []),
        '，已落实',
        run('motion.implemented'),
        ...(has('motion.urged') ? ['，督办', run('motion.urged')] : []),
        '。各部门承办情况如下：',
      ),
      {
        kind: 'table',
        repeatHeader: true,
        columns: [
          { title: '承办部门' },
          ...['立案', '已答复', '已落实', '满意'].map((title) => ({ title, align: 'right' as const, width: 15 })),
        ],
        rows: statistics.byDepartment.map((row) => [
          row.name,
          String(row.filed),
          `${row.replied}/${row.filed}`,
          String(row.implemented),
          row.judged ? `${row.satisfied}/${row.judged}` : '—',
        ]),
      },
    ],
    [
      { kind: 'heading', level: 1, text: '提案人评价' },
      has('motion.judged')
        ? say(
            '提案人已评价',
            run('motion.judged'),
            '，满意和基本满意',
            run('motion.satisfied'),
            '，满意率',
            run('motion.satisfaction-rate'),
            '。评价不满意的，已交承办部门重新办理。',
          )
        : say('提案人尚在评价。'),
    ],
    ...(has('motion-award.awards')
      ? [
          [
            { kind: 'heading', level: 1, text: '评选表彰' } as const,
            say(
              '评审小组评出最佳提案',
              run('motion-award.best'),
              '、优秀提案',
              run('motion-award.good'),
              ...(has('motion-award.organisers') ? ['、提案优秀组织单位', run('motion-award.organisers')] : []),
              '。',
            ),
          ],
        ]
      : []),
    [
      { kind: 'heading', level: 1, text: '下一步工作' },
      say('对列入计划和正在落实的提案继续跟踪督办，结果向提案人反馈；对暂不具备条件的做好解释，条件具备时优先安排。'),
    ],
  ]
  return {
    title: `关于提案办理情况的报告`,
    addressee: scope.congress,
    body: sections.flatMap((section, at) =>
      section.map((block) =>
        block.kind === 'heading' ? { ...block, text: `${chineseOrdinal(at + 1)}、${block.text}` } : block,
      ),
    ),
    signature: { organ: units[0]?.name ?? '', date: officialDate(today) },
    attachments: motions.length
      ? [
          {
            name: '提案办理情况一览表',
            landscape: true,
            body: [
              {
                kind: 'table',
                repeatHeader: true,
                columns: [
                  { title: '编号', width: 20 },
                  { title: '题目', width: 34 },
                  { title: '提案人', width: 9, align: 'center' },
                  { title: '主办部门', width: 14 },
                  { title: '办理结果', width: 13, align: 'center' },
                  { title: '提案人评价', width: 10, align: 'center' },
                ],
                rows: motions.map((motion) => [
                  numberText(motion.series, motion.number) || '—',
                  motion.title,
                  motion.mover ?? '未署名',
                  motion.department ?? '—',
                  motion.progress ?? stateTitle(motion.state, motion.mergedInto),
                  motion.verdict ? VERDICTS[motion.verdict] : '—',
                ]),
              },
            ],
          },
        ]
      : [],
  }
}

async function listed(db: Db, scope: { unitId: number; from: string; to: string }): Promise<Told[]> {
  const { rows } = await sql<Told>`
    select m.series, m.number, m.title, p.name as mover, m.state, m.progress, m.merged_into as "mergedInto",
      (select d.name from motions.assignment a join motions.department d on d.id = a.department_id
        where a.motion_id = m.id and a.part = 'lead' and a.ended_on is null order by a.round desc limit 1) as department,
      (select verdict from motions.verdict v where v.motion_id = m.id order by round desc limit 1) as verdict
    from motions.motion m left join members.person p on p.id = m.mover_id
    where m.unit_id = ${scope.unitId} and m.received_on between ${scope.from} and ${scope.to} and m.state not in ('draft', 'returned', 'dropped')
      and m.kind <> 'opinion'
    order by m.number is null, m.series, m.number, m.id limit 2000`.execute(db)
  return rows
}
