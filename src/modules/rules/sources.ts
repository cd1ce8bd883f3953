/** Documents that cards cite: title, number and the day they came into force, in one place. */
export const SOURCES = {
  civilCode: { source: '中华人民共和国民法典', from: '2021-01-01' },
  unionLaw: { source: '中华人民共和国工会法', number: '2021年修正', from: '2022-01-01' },
  charter: { source: '中国工会章程', number: '2023年修正', from: '2023-10-12' },
  elections: { source: '工会基层组织选举工作条例', number: '总工发〔2016〕27号', from: '2016-10-09' },
  congress: { source: '基层工会会员代表大会条例', number: '总工发〔2019〕6号', from: '2019-01-15' },
  membership: { source: '工会会员会籍管理办法', from: '2016-12-12' },
  women: { source: '工会女职工委员会工作条例', from: '2022-01-01' },
  chairs: { source: '企业工会主席产生办法（试行）', from: '2008-07-25' },
  registration: { source: '基层工会法人登记管理办法', number: '总工办发〔2020〕20号', from: '2020-12-08' },
  letters: { source: '信访工作条例', number: '2022年', from: '2022-05-01' },
  privacy: { source: '中华人民共和国个人信息保护法', from: '2021-11-01' },
  home: { source: '会员评议职工之家活动的意见', number: '总工发〔2009〕28号', from: '2009-01-01' },
  democracy: { source: '企业民主管理规定', number: '总工发〔2012〕12号', from: '2012-02-13' },
  contracts: { source: '集体合同规定', number: '劳动和社会保障部令第22号', from: '2004-05-01' },
  wages: { source: '工资集体协商试行办法', number: '劳动和社会保障部令第9号', from: '2000-11-08' },
  spending: { source: '基层工会经费收支管理办法', number: '总工办发〔2017〕32号', from: '2017-12-15' },
} as const

/** The denominators a share may be of; every share names one. «Present» is never the base of a majority in union law. */
export const DENOMINATORS = {
  expected: '应到会人数',
  allMembers: '全体会员',
  allDelegates: '全体代表',
  unitAll: '本选举单位全体',
  present: '到会人数',
  ballots: '有效票数',
  staff: '职工总数',
  seats: '代表名额总数',
  seatsToFill: '应选名额',
  participants: '参加人数',
  presidium: '主席团成员总数',
} as const
