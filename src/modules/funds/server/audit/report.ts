import { chineseOrdinal, officialDate, type Block, type OfficialDocument } from '../../../../kernel/documents/model.ts'
import { formatYuan } from '../../../../kernel/money/money.ts'
import { FINDING_STATES } from '../../audit-contract.ts'
import type { Audit, Finding } from './audits.ts'

export interface AuditedFigures {
  incomeFen: number
  expenseFen: number
  moneyFen: number
  vouchers: number
}

const paragraph = (text: string): Block => ({ kind: 'paragraph', runs: [{ text }] })

/** The committee's report to the congress as an official document: what was audited, the figures, findings and opinion. */
export function auditReport(audit: Audit, findings: readonly Finding[], figures: AuditedFigures): OfficialDocument {
  let at = 0
  const heading = (text: string): Block => ({ kind: 'heading', level: 1, text: `${chineseOrdinal(++at)}、${text}` })
  const yuan = (fen: number): string => `${formatYuan(fen)}元`
  const body: Block[] = [
    paragraph(
      `根据《中华人民共和国工会法》和《中国工会审计条例》，${audit.byUnitName}经费审查委员会于${officialDate(audit.startsOn)}至${officialDate(audit.endsOn)}，对${audit.unitName}${officialDate(audit.fromOn)}至${officialDate(audit.toOn)}的经费收支和财务管理情况进行了审查。${audit.scope ? `审查范围：${audit.scope.replace(/。$/, '')}。` : ''}现报告如下。`,
    ),
    heading('经费收支情况'),
    paragraph(
      `审查期间经费收入${yuan(figures.incomeFen)}，支出${yuan(figures.expenseFen)}，期末货币资金${yuan(figures.moneyFen)}，共审查记账凭证${figures.vouchers}张。`,
    ),
    heading('审查发现的问题和整改情况'),
  ]
  if (!findings.length) body.push(paragraph('审查中没有发现需要整改的问题。'))
  else
    body.push(
      paragraph(
        `共发现问题${findings.length}个，已整改${findings.filter((finding) => finding.state === 'accepted').length}个。`,
      ),
      ...findings.flatMap((finding): Block[] => [
        paragraph(
          `（${chineseOrdinal(finding.no)}）${finding.title}${finding.amountFen ? `，涉及金额${yuan(finding.amountFen)}` : ''}。${finding.basis ? `依据：${finding.basis.replace(/。$/, '')}。` : ''}整改要求：${finding.demand.replace(/。$/, '')}，期限${officialDate(finding.dueOn)}。${finding.answer ? `整改情况：${finding.answer.replace(/。$/, '')}。` : ''}（${FINDING_STATES[finding.state]}）`,
        ),
      ]),
    )
  if (audit.reply) body.push(heading('被审查单位的意见'), paragraph(audit.reply))
  body.push(
    heading('审查意见'),
    paragraph(`${audit.opinion ?? ''}${audit.conclusion ? `（结论：${audit.conclusion}）` : ''}`),
  )
  return {
    title: `${audit.unitName}\n经费审查报告`,
    ...(audit.reportedTo && { addressee: audit.reportedTo }),
    body,
    signature: {
      organ: `${audit.byUnitName}经费审查委员会`,
      date: officialDate(audit.reportedOn ?? audit.opinedOn ?? audit.endsOn),
    },
  }
}

/** The notice an audit begins with. */
export function auditNotice(audit: Audit): OfficialDocument {
  return {
    title: '审计通知书',
    addressee: audit.unitName,
    body: [
      paragraph(
        `根据《中华人民共和国工会法》第四十五条和《中国工会审计条例》的规定，${audit.byUnitName}经费审查委员会决定派出审查组，自${officialDate(audit.startsOn)}起，对你单位${officialDate(audit.fromOn)}至${officialDate(audit.toOn)}的经费收支和财务管理情况进行审查，预计${officialDate(audit.endsOn)}结束。${audit.scope ? `审查范围：${audit.scope.replace(/。$/, '')}。` : ''}`,
      ),
      paragraph(
        '请备好会计凭证、账簿、报表、银行对账单及余额调节表、预算和决算、合同、资产卡片和盘点表等资料，并对其真实、完整作出书面承诺。',
      ),
      paragraph(`审查组组长：${audit.lead}${audit.members ? `；成员：${audit.members}` : ''}。`),
    ],
    signature: {
      organ: `${audit.byUnitName}经费审查委员会`,
      date: officialDate(audit.noticedOn ?? audit.startsOn),
      sealed: true,
    },
  }
}
