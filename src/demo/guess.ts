import type { Field, Register } from '../kernel/register/declaration.ts'
import type { Crowd } from './crowd.ts'
import { addDays } from './days.ts'
import type { Ledger } from './fill.ts'
import type { Row } from './plan.ts'

/** What an officer of an ordinary union would have written, read off the field's label; undefined leaves it empty. */
export function guess(register: Register, field: Field, row: Row, ledger: Ledger, crowd: Crowd): unknown {
  const { draw } = row
  // People leave optional columns empty now and then.
  if (!field.required && field.kind !== 'choice' && field.kind !== 'yesno' && draw.chance(0.08)) return undefined
  switch (field.kind) {
    case 'yesno':
      return draw.chance(0.93)
    case 'choice':
      return choiceOf(field, row)
    case 'integer':
      return integerOf(register, field, row)
    case 'money': {
      const usual = Number(register.sample[field.id] ?? 300)
      const drawn = usual * (0.7 + draw.next() * 0.7)
      const step = drawn >= 2000 ? 100 : drawn >= 200 ? 10 : 1
      return Math.max(step, Math.round(drawn / step) * step)
    }
    case 'percent':
      return Number(register.sample[field.id] ?? 95)
    case 'date':
      return dateOf(field, row)
    case 'text':
    case 'longtext':
    case 'unit':
      return textOf(register, field, row, ledger, crowd)
    default:
      return undefined
  }
}

/** Earlier choices are commoner; «其他» and failures are rare. */
function choiceOf(field: Field, { draw }: Row): string | undefined {
  if (!field.required && draw.chance(0.03)) return undefined
  const usual = (field.choices ?? []).filter(
    (choice) => !/^其他|未|不合格|不满意|终止|中止|重大|死亡|特别/.test(choice),
  )
  const from = usual.length ? usual : (field.choices ?? [])
  return from[Math.min(from.length - 1, Math.floor(draw.next() ** 1.4 * from.length))]
}

function integerOf(register: Register, field: Field, { draw, values }: Row): number | undefined {
  const { id, label } = field
  const whole = Number(values['issued'] ?? values['ballots'] ?? 0)
  if (/returned/.test(id) && whole) return Math.round(whole * (0.92 + draw.next() * 0.07))
  if (/satisfied/.test(id)) return Math.round(Number(values['returned'] ?? whole) * (0.9 + draw.next() * 0.09))
  if (/excellent/.test(id) && whole) return Math.round(whole * (0.72 + draw.next() * 0.15))
  if (/competent/.test(id) && whole) return Math.max(0, whole - Number(values['excellent'] ?? 0) - draw.between(0, 3))
  if (/mended/.test(id)) return Number(values['findings'] ?? values['problems'] ?? 1)
  const sample = Number(register.sample[id] ?? 0)
  const clamp = (value: number): number => Math.min(field.max ?? 1e9, Math.max(field.min ?? 0, value))
  if (/得分|成绩/.test(label)) return clamp(draw.between(82, 98))
  if (/名次/.test(label)) return draw.chance(0.6) ? clamp(draw.between(1, 6)) : undefined
  if (/年数|年限|届|次$|名额|第几/.test(label)) return sample || undefined
  if (!sample) return field.required ? clamp(draw.between(2, 12)) : undefined
  return clamp(Math.max(1, Math.round(sample * (0.7 + draw.next() * 0.6))))
}

function dateOf(field: Field, { draw, date }: Row): string {
  if (/得知/.test(field.label)) return addDays(date, -draw.between(0, 2))
  if (/发生|受伤|入院|申请|申报|通知|生日/.test(field.label)) return addDays(date, -draw.between(3, 14))
  if (/期限|届满|期满|复核|预计/.test(field.label)) return addDays(date, draw.between(30, 200))
  return addDays(date, draw.between(1, 20))
}

const places = ['职工活动中心', '一楼报告厅', '职工之家', '体育馆', '三楼会议室', '培训中心教室', '厂区广场']
const hospitals = ['县中心医院', '市第二医院', '职工医院', '市中医院']

function textOf(register: Register, field: Field, row: Row, ledger: Ledger, crowd: Crowd): string | undefined {
  const { draw } = row
  const { label } = field
  const names = (howMany: number): string =>
    draw
      .sample(crowd.of('officers'), howMany)
      .map((one) => one.name)
      .join('、')
  const branch = (): string => (ledger.branches.length ? draw.pick(ledger.branches).name : ledger.name)
  if (/走访人|看望人|家访人员|参与人员|陪同|外出干部/.test(label)) return names(2)
  if (/入户核查人|经办|承办人|接待人|指导人|联系人|报告人|主持|缺岗|离岗职工|家长|师傅/.test(label)) return names(1)
  if (/授课|教练|主讲人|老师/.test(label))
    return draw.pick(['培训中心教师', '县总工会讲师', '外聘教师', '职工医院医师'])
  if (/医院|体检机构|检查机构|主讲单位/.test(label)) return draw.pick(hospitals)
  if (/^(地点|活动地点|放映地点|办班地点|慰问地点|献血地点|位置|存放地点|设置地点|公示地点)/.test(label))
    return draw.pick(places)
  if (
    /分会|选举单位|代表队|所在单位|承办单位|申报单位|候选人单位|发生单位|部门|班组|责任部门|报送单位|选送|在单位/.test(
      label,
    ) &&
    !label.endsWith('名称')
  )
    return branch()
  if (/主办|组织单位|牵头|发起|召集/.test(label)) return draw.pick(['公司工会', '县总工会', '市职工文体协会'])
  if (/批准|通过机构|审批/.test(label)) return '工会委员会'
  if (/文号|文件号|文件$/.test(label)) return `云工字〔${row.year}〕${draw.between(3, 48)}号`
  if (/走访单位|被检查单位|建家单位|被评议|被检查工会|选举单位名称/.test(label)) return branch()
  return register.sample[field.id]?.replaceAll('2025', String(row.year)).replaceAll('2026', String(row.year))
}
