import type { Aggregate, Clause, Field, Metric, Register, Where } from './declaration.ts'

/**
 * What the type can't say about a declaration. Returns a sentence per defect, empty when sound; the register test runs
 * it over every register, so that a typing slip in data fails a build and not an officer's import.
 *
 * @param allMetricIds ids of every metric of the installation: ratios and clauses may use those of another register
 */
export function checkRegister(register: Register, allMetricIds: Iterable<string>): string[] {
  const known = new Set(allMetricIds)
  for (const metric of register.metrics) known.add(metric.id)
  const found = [
    ...checkShape(register),
    ...checkFields(register),
    ...checkStandard(register),
    ...register.metrics.flatMap((metric) => checkMetric(register, metric, known)),
    ...register.clauses.flatMap((clause) => checkClause(register, clause, known)),
    ...checkSample(register),
  ]
  return found.map((defect) => `${register.id}: ${defect}`)
}

export const YES_NO = ['是', '否'] as const

type Level = 'record' | 'line'

const allFields = (register: Register): readonly Field[] => [...register.fields, ...(register.lines?.fields ?? [])]

const levelOf = (register: Register, fieldId: string): Level | undefined =>
  register.fields.some((one) => one.id === fieldId)
    ? 'record'
    : register.lines?.fields.some((one) => one.id === fieldId)
      ? 'line'
      : undefined

/** Facts of a record carry the record's dimensions; facts of a line carry both. */
const dimensionsAt = (register: Register, level: Level): readonly Field[] =>
  (level === 'record' ? register.fields : allFields(register)).filter((one) => one.dim)

function duplicates(values: readonly string[]): string[] {
  return [...new Set(values.filter((value, at) => values.indexOf(value) !== at))]
}

function checkShape(register: Register): string[] {
  const found: string[] = []
  if (!/^[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*$/.test(register.id)) found.push('id must be <module>.<kebab-name>')
  if (register.mechanisms.length === 0) found.push('serves no mechanism of the catalogue')
  for (const mechanism of register.mechanisms)
    if (!/^[A-Z]{2}-\d{2}$/.test(mechanism)) found.push(`mechanism ${mechanism} is not like WW-01`)
  if (register.metrics.length === 0) found.push('counts nothing')
  if (register.clauses.length === 0) found.push('says nothing in the report')
  if (register.lines?.fields.length === 0) found.push('lines without fields')
  for (const twice of duplicates(register.metrics.map((metric) => metric.id))) found.push(`metric ${twice} twice`)
  for (const twice of duplicates(register.metrics.map((metric) => metric.label)))
    found.push(`two metrics are called ${twice}`)
  return found
}

/** The first person (household) of a record or line is its subject; a second one is only named. */
const isSubject = (register: Register, field: Field): boolean =>
  (field.kind === 'person' || field.kind === 'household') &&
  [register.fields, register.lines?.fields ?? []].some(
    (fields) => fields.find((one) => one.kind === field.kind) === field,
  )

/** A column that takes a total would be a number nobody can open: count persons as lines, sum pieces per row. */
const TOTAL = /总|合计|共计|累计|人数|人次|户数|户次|件数|次数|家数/

function checkFields(register: Register): string[] {
  const found: string[] = []
  const fields = allFields(register)
  for (const twice of duplicates(fields.map((one) => one.id))) found.push(`field ${twice} twice`)
  const headers = [
    '单位',
    register.dateLabel ?? '日期',
    ...(register.endDateLabel ? [register.endDateLabel] : []),
    ...(register.titleLabel ? [register.titleLabel] : []),
    ...(register.titleAliases ?? []),
    ...fields.flatMap((one) => [one.label, ...(one.aliases ?? [])]),
  ]
  for (const twice of duplicates(headers)) found.push(`two columns are recognised by the header ${twice}`)
  for (const one of fields) {
    const at = `field ${one.id}`
    if (!/^[a-z][A-Za-z0-9]*$/.test(one.id)) found.push(`${at}: id must be camelCase`)
    if (['id', 'unit', 'date', 'endDate', 'title'].includes(one.id)) found.push(`${at}: every record has this already`)
    if (one.kind === 'choice' && !one.choices?.length) found.push(`${at}: a choice without values`)
    if (one.kind !== 'choice' && (one.choices || one.open)) found.push(`${at}: only a choice has values`)
    for (const twice of duplicates(one.choices ?? [])) found.push(`${at}: ${twice} is offered twice`)
    if (one.kind === 'money' && !one.label.includes('（元）')) found.push(`${at}: label must end in （元）`)
    if ((one.kind === 'integer' || one.kind === 'money') && TOTAL.test(one.label))
      found.push(`${at}: ${one.label} takes a total; a row is one person, piece or payment`)
    if (one.memberOnly && one.kind !== 'person') found.push(`${at}: only a person is looked up in the roster`)
    if ((one.min !== undefined || one.max !== undefined) && one.kind !== 'integer' && one.kind !== 'money')
      found.push(`${at}: only numbers have bounds`)
    if (one.atMost) {
      const whole = [register.fields, register.lines?.fields ?? []]
        .find((level) => level.includes(one))
        ?.find((other) => other.id === one.atMost)
      if (!whole || whole === one || whole.kind !== one.kind || !['integer', 'money', 'percent'].includes(one.kind))
        found.push(`${at}: at most ${one.atMost}, which is no such number beside it`)
    }
    if (one.dim && (one.kind === 'longtext' || one.kind === 'money')) found.push(`${at}: a ${one.kind} is no dimension`)
    if (one.dim && one.sensitive) found.push(`${at}: personal data must not be copied into facts as a dimension`)
    if (one.dim && isSubject(register, one))
      found.push(`${at}: the row's subject is counted as such, not as a dimension`)
    if (one.key && levelOf(register, one.id) === 'line')
      found.push(`${at}: a line's field can't make up the record's key`)
  }
  return found
}

/** The own side only; that the other register exists and speaks alike is checked where all of them are known. */
function checkStandard(register: Register): string[] {
  const { standard } = register
  if (!standard) return []
  const found: string[] = []
  const fieldOf = (id: string): Field | undefined => register.fields.find((one) => one.id === id)
  if (fieldOf(standard.amount)?.kind !== 'money') found.push(`standard of ${standard.amount}, which is no money`)
  for (const id of Object.keys(standard.match)) if (!fieldOf(id)) found.push(`standard by ${id}, which is no field`)
  return found
}

function checkWhere(register: Register, where: Where | undefined, level: Level): string[] {
  const found: string[] = []
  for (const [id, wanted] of Object.entries(where ?? {})) {
    const one = dimensionsAt(register, level).find((dimension) => dimension.id === id)
    if (!one) {
      const elsewhere = levelOf(register, id)
      found.push(
        elsewhere === undefined
          ? `filters by ${id}, which is no field`
          : elsewhere === 'line' && level === 'record'
            ? `filters records by ${id}, which belongs to lines`
            : `filters by ${id}, which is not a dimension (dim: true)`,
      )
      continue
    }
    const offered: readonly string[] | undefined = one.kind === 'yesno' ? YES_NO : one.open ? undefined : one.choices
    for (const value of typeof wanted === 'string' ? [wanted] : wanted)
      if (offered && !offered.includes(value)) found.push(`filters by ${id} = ${value}, which is never a value`)
  }
  return found
}

/** At which level an amount lies, or undefined when there is no such number to sum. */
function amountLevel(register: Register, of: string): Level | undefined {
  if (of === 'record') return 'record'
  if (of === 'line') return register.lines ? 'line' : undefined
  const one = allFields(register).find((candidate) => candidate.id === of)
  return one && (one.kind === 'integer' || one.kind === 'money') ? levelOf(register, of) : undefined
}

const isMoney = (register: Register, id: string): boolean =>
  allFields(register).some((one) => one.id === id && one.kind === 'money')

function checkMetric(register: Register, metric: Metric, known: ReadonlySet<string>): string[] {
  const found: string[] = []
  const rest = metric.id.startsWith(`${register.id}.`) ? metric.id.slice(register.id.length + 1) : ''
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(rest)) found.push(`id must be ${register.id}.<kebab-name>`)
  if (!metric.label || !metric.unit) found.push('needs a label and a measure word')
  if (metric.zeroIf && !known.has(metric.zeroIf)) found.push(`zeroIf names ${metric.zeroIf}, which is no metric`)
  found.push(...checkAggregate(register, metric.aggregate, known), ...checkUnit(register, metric))
  return found.map((defect) => `metric ${metric.id}: ${defect}`)
}

function checkAggregate(register: Register, aggregate: Aggregate, known: ReadonlySet<string>): string[] {
  if ('ratio' in aggregate)
    return [aggregate.ratio.numerator, aggregate.ratio.denominator]
      .filter((id) => !known.has(id))
      .map((id) => `ratio over ${id}, which is no metric`)
  if ('frequency' in aggregate) return checkWhere(register, aggregate.where, 'record')
  if ('distinct' in aggregate) {
    const found = checkWhere(register, aggregate.where, aggregate.of)
    if (aggregate.of === 'line' && !register.lines) found.push('counts lines of a register that has none')
    const subject = aggregate.distinct
    if (typeof subject === 'object') {
      if (!dimensionsAt(register, aggregate.of).some((one) => one.id === subject.dim))
        found.push(`counts distinct ${subject.dim}, which is not a dimension of the ${aggregate.of}`)
    } else if (!(aggregate.of === 'line' ? allFields(register) : register.fields).some((one) => one.kind === subject))
      found.push(`counts each ${subject} once, but the ${aggregate.of} has no ${subject} field`)
    return found
  }
  const of = 'sum' in aggregate ? aggregate.sum : 'stated' in aggregate ? aggregate.stated : aggregate.monthlyMean
  const stated = 'stated' in aggregate
  const percent = stated && allFields(register).some((one) => one.id === of && one.kind === 'percent')
  const level = percent ? levelOf(register, of) : amountLevel(register, of)
  if (!level) return [`${of} is not a number of this register`]
  if (stated && (of === 'record' || of === 'line')) return [`${of} can't be stated: it is no attribute of a record`]
  return checkWhere(register, aggregate.where, level)
}

/** 人 and 户 count each once, 人次 and 户次 count every time: mixing them is the classic mistake of these reports. */
function checkUnit(register: Register, { unit, aggregate }: Metric): string[] {
  if ('ratio' in aggregate) return unit === '%' ? [] : ['a ratio is a %']
  if ('distinct' in aggregate) {
    if (aggregate.distinct === 'person' && !['人', '名', '位'].includes(unit))
      return [`distinct persons are 人, not ${unit}`]
    if (aggregate.distinct === 'household' && unit !== '户') return [`distinct households are 户, not ${unit}`]
    return unit.endsWith('次') ? [`${unit} counts every time, but the metric counts each once`] : []
  }
  if ('frequency' in aggregate) return unit.includes('/') ? [] : ['a frequency is 次/月 or the like']
  if ('sum' in aggregate) {
    if (isMoney(register, aggregate.sum) !== (unit === '元')) return ['元 and only 元 is the measure of money']
    if (['人', '名', '位', '户'].includes(unit)) return [`${unit} counts each once; count distinct or say ${unit}次`]
  }
  return []
}

/** Effects and universals a ledger can't vouch for; the report's own rules add them where they are licensed. */
const UNLICENSED =
  /丰富了|增强了|增进了|提高了|提升了|密切了|维护了|促进了|成效|好评|凝聚力|温暖人心|每个|每位|全体|全部|人人|所有|无一|踊跃|第一时间/

function checkClause(register: Register, clause: Clause, known: ReadonlySet<string>): string[] {
  const found: string[] = []
  let depth = 0
  for (const letter of clause.text) {
    if (letter === '[') depth += 1
    if (letter === ']') depth -= 1
    if (depth < 0) break
  }
  if (depth !== 0) found.push('brackets are not balanced')
  let figures = 0
  for (const [, slot = ''] of clause.text.matchAll(/\{([^{}]*)\}/g)) {
    const list = /^list:(.+)$/.exec(slot)?.[1]
    const own = /^field:(.+)$/.exec(slot)?.[1]
    if (slot === 'period' || slot === 'unit') continue
    if (list !== undefined) {
      const listed =
        list === 'title' ? register.titleLabel : allFields(register).some((one) => one.id === list && one.dim)
      if (!listed) found.push(`{${slot}} is no dimension`)
      if (clause.each) found.push(`{${slot}} lists over all records and can't stand in a clause per record`)
    } else if (slot === 'date' || slot === 'title' || own !== undefined) {
      if (!clause.each) found.push(`{${slot}} needs a clause per record (each)`)
      if (slot === 'title' && !register.titleLabel) found.push('{title}: records have no title')
      const shown = register.fields.find((one) => one.id === own)
      if (own !== undefined && !shown) found.push(`{${slot}} is no field of the record`)
      // A number printed from a field would be a figure that doesn't open: state it as a metric.
      if (shown && ['integer', 'money', 'percent'].includes(shown.kind)) found.push(`{${slot}} is a number but no chip`)
      if (shown && (shown.sensitive || shown.kind === 'person')) found.push(`{${slot}} would print personal data`)
    } else {
      figures += 1
      if (!known.has(slot.replace(/#$/, ''))) found.push(`{${slot}} is no metric`)
    }
  }
  if (figures === 0) found.push('states no figure')
  if (!clause.each && !clause.text.includes('{period}')) found.push('names no {period}')
  const plain = clause.text.replace(/\{[^{}]*\}/g, '')
  if (/[\d０-９]/.test(plain)) found.push('a figure stands outside a chip')
  if (/[{}]/.test(plain)) found.push('braces are not balanced')
  const unlicensed = UNLICENSED.exec(plain)?.[0]
  if (unlicensed) found.push(`${unlicensed} is not licensed by the rows`)
  if (!/[。；]\]?$/.test(clause.text)) found.push('ends without 。')
  found.push(...checkWhere(register, clause.each?.where, 'record'))
  return found.map((defect) => `clause ${clause.text.slice(0, 16)}…: ${defect}`)
}

const SAMPLE: Partial<Record<Field['kind'], RegExp>> = {
  integer: /^\d+$/,
  money: /^\d+(\.\d{1,2})?$/,
  percent: /^\d+(\.\d{1,2})?%?$/,
  date: /^\d{4}-\d{2}-\d{2}$/,
  yesno: /^[是否]$/,
}

function checkSample(register: Register): string[] {
  const found: string[] = []
  const fields = allFields(register)
  const wanted = [
    'date',
    ...(register.titleLabel ? ['title'] : []),
    ...fields.filter((one) => one.required).map((one) => one.id),
  ]
  for (const id of wanted) if (!register.sample[id]) found.push(`sample lacks ${id}`)
  for (const [id, value] of Object.entries(register.sample)) {
    const one = fields.find((candidate) => candidate.id === id)
    if (!one) {
      const expected = id === 'title' ? /./ : SAMPLE.date!
      if (!['date', 'endDate', 'title'].includes(id)) found.push(`sample fills ${id}, which is no field`)
      else if (!expected.test(value)) found.push(`sample ${id} = ${value} is no date`)
      continue
    }
    if (one.kind === 'choice' && !one.open && !one.choices?.includes(value))
      found.push(`sample ${id} = ${value} is never a value`)
    if (!(SAMPLE[one.kind] ?? /./).test(value)) found.push(`sample ${id} = ${value} is no ${one.kind}`)
  }
  return found
}
