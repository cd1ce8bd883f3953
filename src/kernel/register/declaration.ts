/**
 * What a register (登记簿) is, as data. From one declaration come the table, the form, the import sheet, the export,
 * the print, the facts, the metrics and the report's clauses. This file holds types and small constructors only, so
 * that the server, the web app, tests and documents can all read it.
 */

/** How a field is typed. Money is integer fen, a percentage is an integer in hundredths of a percent. */
export type FieldKind =
  | 'text'
  | 'longtext'
  | 'integer'
  | 'money'
  | 'percent'
  | 'date'
  | 'choice'
  | 'yesno'
  | 'person'
  | 'household'
  | 'unit'

export interface Field {
  /** camelCase English, unique within the register (record and line fields together). */
  id: string
  /** The column header of the import sheet, the form label, the list header. */
  label: string
  kind: FieldKind
  required?: boolean
  /** For `choice`: the values, in Chinese, as they stand in the workbook. */
  choices?: readonly string[]
  /** A `choice` that also takes a value outside the list (kept as written). */
  open?: boolean
  /** Post this field with every fact, so metrics can filter or count distinct values by it. */
  dim?: boolean
  /** Part of the key that makes several sheet rows one record (always with unit, date and title). */
  key?: boolean
  /** Other headers under which the importer recognises the column. */
  aliases?: readonly string[]
  help?: string
  example?: string
  /** For integer: inclusive bounds; for money in fen. Money defaults to min 0. */
  min?: number
  max?: number
  /** Id of a number beside it that this one can't exceed: forms returned of forms issued, so that no rate passes 100 %. */
  atMost?: string
  /** `person` only: must be found in the roster (otherwise an unknown name becomes an outside contact). */
  memberOnly?: boolean
  /** Personal data that lists and exports mask. */
  sensitive?: boolean
}

/** Distinct subject of a metric. `dim` counts distinct values of a dimension. */
export type Subject = 'person' | 'household' | { dim: string }

/** Dimension filter: the fact's dimension equals the value or is one of the values. */
export type Where = Readonly<Record<string, string | readonly string[]>>

/**
 * What a metric's number is made of.
 * `of` names what is counted: 'record' (one per record), 'line' (one per person row), or the id of a money/integer
 * field whose amounts are summed.
 */
export type Aggregate =
  | { sum: 'record' | 'line' | (string & {}); where?: Where }
  | { distinct: Subject; of: 'record' | 'line'; where?: Where }
  /** n of m over two metrics of this or another register: value = numerator ÷ denominator. */
  | { ratio: { numerator: string; denominator: string } }
  /** Whole occurrences per period: events ÷ periods between the first and the last one, rounded down. */
  | { frequency: 'record'; per: 'week' | 'month' | 'quarter' | 'half' | 'year'; where?: Where }
  /**
   * An attribute of a dated record (a session's number, a rank). The latest record in the period wins; `standing` ones
   * (a standard, a rule) hold until they end or another follows, so earlier years' records count while in force.
   */
  | { stated: string; where?: Where; standing?: true }
  /** A mean in integers: sum of a field per distinct month with rows, rounded half up. */
  | { monthlyMean: 'line' | (string & {}); where?: Where }

export interface Metric {
  /** `<register id>.<name>`; stays for ever, whoever provides it. */
  id: string
  /** What it counts, as a noun: 走访慰问人次. */
  label: string
  /** 人 人次 户 户次 对 件 份 条 项 篇 次 场 批 届 台 元 % … See the catalogue's list of units. */
  unit: string
  aggregate: Aggregate
  /** Where the number comes from or how it must be read, shown beside the figure. */
  definition?: string
  /** Falling is good (incidents, hazards open): used by the shortcomings and the dashboard. */
  lowerIsBetter?: boolean
  /** Zero is a result worth saying when its watch exists: e.g. no accident although inspections were held. */
  zeroIf?: string
  /** A small group counted here gives its people away; as the register says, when the metric doesn't. */
  delicate?: boolean
}

/**
 * A sentence of the report, see `docs/clauses.md` for the small language:
 *   {metric}      a chip: number and measure word;  {metric#} the number alone
 *   {period}      全年 / 上半年 / 3月份 / 春节期间, from the rows themselves
 *   {list:field}  distinct values of a dimension joined by 、 (等 when cut)
 *   {date} {title} {field:x}   only in `each` clauses, from the record
 *   [ … ]         dropped when a figure inside is missing or zero
 * A clause is dropped when a figure outside brackets is missing or zero.
 */
export interface Clause {
  text: string
  /** One sentence per record (or the top n by date), figures counted within that record. */
  each?: { max: number; where?: Where }
  /** Report sections are named by domain; the register's own domain by default. */
  section?: Domain
  /** Only in these genres; in all by default. */
  genres?: readonly Genre[]
  /** Left out where this figure exists: a better source tells the same. */
  unless?: string
  /** Larger comes earlier within its section; 50 by default. */
  weight?: number
}

export const DOMAINS = {
  DM: '民主管理',
  ZZ: '组织建设',
  JJ: '职工之家',
  LD: '劳动关系',
  XF: '信访稳定',
  WG: '外出务工服务',
  BF: '困难帮扶',
  WW: '走访慰问',
  HZ: '互助保障',
  FL: '福利健康',
  TG: '退休职工',
  JS: '竞赛创新',
  AQ: '安全生产',
  SZ: '素质提升',
  RY: '评先树优',
  WT: '文体活动',
  ZD: '阵地建设',
  NG: '女职工工作',
  JH: '计划生育（历史）',
  CW: '经费管理',
  XX: '宣传信息',
  KH: '考核评价',
  DZ: '党政工协同',
  GY: '社会公益',
} as const
export type Domain = keyof typeof DOMAINS

export const GENRES = {
  annual: '年度工作总结',
  congress: '向职工（会员）代表大会的工作报告',
  'half-year': '半年工作总结',
  women: '女职工委员会工作总结',
  briefing: '工作情况汇报',
  deeds: '先进集体事迹材料',
  plan: '下一年工作计划',
} as const
export type Genre = keyof typeof GENRES

export interface Lines {
  /** 参加人员, 慰问对象, 获奖人员 … */
  title: string
  fields: readonly Field[]
}

/** Amounts held against a dated table of standards. Only ever a remark: recording is never blocked by it. */
export interface Standard {
  /** Register whose records are the standards, each in force from its date to its end date. */
  register: string
  /** Own field → field of the standard that must hold the same value. */
  match: Readonly<Record<string, string>>
  /** Own money field. */
  amount: string
  /** Money field of the standard. */
  limit: string
  /** What the money is, as a noun: 慰问标准. */
  label: string
}

export interface Register {
  /** `<module>.<kebab-name>`, e.g. `care.visit`. Also the prefix of its metrics. */
  id: string
  title: string
  domain: Domain
  /** Rows of the catalogue this register serves. */
  mechanisms: readonly string[]
  /** One sentence for the officer: what belongs here, one row per what. */
  help: string
  /** Label of the date column (日期 by default) and, for things that last, of the end date. */
  dateLabel?: string
  endDateLabel?: string
  /** Label of the title column; omit when a record has no name of its own. */
  titleLabel?: string
  titleAliases?: readonly string[]
  fields: readonly Field[]
  lines?: Lines
  metrics: readonly Metric[]
  clauses: readonly Clause[]
  standard?: Standard
  /** Only people with `<module>.read-confidential` may open it. */
  confidential?: boolean
  /**
   * Its counts of persons and families are about need, illness, birth or quarrel: small ones are held back from whoever
   * may not read the register and from reports for outside (`kernel/facts/small-groups.ts`). As `confidential` by default.
   */
  delicate?: boolean
  /** Signature places of the printed form; 经办人、审批人 by default. */
  signatures?: readonly string[]
  /** Only as history: no new records after import. */
  historyOnly?: boolean
  /** One realistic row for the template, by field id (plus `date`, `title`). Invented persons only. */
  sample: Readonly<Record<string, string>>
}

type Rest = Omit<Field, 'id' | 'label' | 'kind' | 'choices'>

/** Constructors that keep a declaration short: `field.money('amount', '慰问金（元）', { required: true })`. */
export const field = {
  text: (id: string, label: string, rest: Rest = {}): Field => ({ id, label, kind: 'text', ...rest }),
  longtext: (id: string, label: string, rest: Rest = {}): Field => ({ id, label, kind: 'longtext', ...rest }),
  integer: (id: string, label: string, rest: Rest = {}): Field => ({ id, label, kind: 'integer', ...rest }),
  money: (id: string, label: string, rest: Rest = {}): Field => ({ id, label, kind: 'money', ...rest }),
  percent: (id: string, label: string, rest: Rest = {}): Field => ({ id, label, kind: 'percent', ...rest }),
  date: (id: string, label: string, rest: Rest = {}): Field => ({ id, label, kind: 'date', ...rest }),
  yesno: (id: string, label: string, rest: Rest = {}): Field => ({ id, label, kind: 'yesno', dim: true, ...rest }),
  choice: (id: string, label: string, choices: readonly string[], rest: Rest = {}): Field => ({
    id,
    label,
    kind: 'choice',
    choices,
    dim: true,
    ...rest,
  }),
  person: (id: string, label: string, rest: Rest = {}): Field => ({ id, label, kind: 'person', ...rest }),
  household: (id: string, label: string, rest: Rest = {}): Field => ({ id, label, kind: 'household', ...rest }),
  unit: (id: string, label: string, rest: Rest = {}): Field => ({ id, label, kind: 'unit', ...rest }),
}

/** Identity with a type: keeps the literal, checks the shape. */
export const register = (declared: Register): Register => declared
