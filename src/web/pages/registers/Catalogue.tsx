import { Link } from '@tanstack/react-router'
import { useMemo, type ReactElement } from 'react'
import { DOMAINS, type Domain } from '../../../kernel/register/declaration.ts'
import { path } from '../../path.ts'
import { useAddress, useFavourites, useRegisters, useScope } from '../../session.ts'
import type { RegisterShape } from '../../shapes.ts'
import { matches } from '../../ui/pinyin.ts'
import { Page } from '../../ui/Page.tsx'
import { Empty, Loaded, StarButton } from '../../ui/states.tsx'
import { numberText } from '../../ui/values.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'

/** Every register the reader may open, by domain; found by a piece of its name, its help, or pinyin initials. */
export function Catalogue(): ReactElement {
  const [address, setAddress] = useAddress()
  const { year } = useScope()
  const registers = useRegisters(true, year)
  const wanted = (address['q'] ?? '').trim()
  return (
    <Page
      title="登记簿"
      help="办了什么就登记到哪一本：一件事、一个人或一笔钱记一行，全年数字和报告都从这里数出来。"
      actions={
        <LinkButton type="primary" to={path.imports}>
          导入台账
        </LinkButton>
      }
    >
      <div className="card toolbar">
        <input
          className="control"
          type="search"
          style={{ maxWidth: 360 }}
          placeholder="按名称或拼音首字母找，例如 慰问、ww"
          aria-label="查找登记簿"
          value={address['q'] ?? ''}
          onChange={(event) => setAddress({ q: event.target.value }, { replace: true })}
        />
        <label className="row">
          <input
            type="checkbox"
            checked={address['used'] === '1'}
            onChange={(event) => setAddress({ used: event.target.checked ? 1 : null }, { replace: true })}
          />
          只看 {year} 年有记录的
        </label>
        <Link className="push" to={path.customRegisters as never}>
          自设登记簿
        </Link>
      </div>
      <Loaded query={registers}>
        {(all) => <Shelves registers={all} wanted={wanted} usedOnly={address['used'] === '1'} year={year} />}
      </Loaded>
    </Page>
  )
}

function Shelves({
  registers,
  wanted,
  usedOnly,
  year,
}: {
  registers: RegisterShape[]
  wanted: string
  usedOnly: boolean
  year: number
}): ReactElement {
  const [favourites, setFavourites] = useFavourites()
  const shelves = useMemo(() => {
    const byDomain = new Map<Domain, RegisterShape[]>()
    for (const register of registers) {
      if (usedOnly && !register.countThisYear) continue
      if (wanted && !matches(`${register.title} ${register.domainTitle}`, wanted) && !register.help.includes(wanted))
        continue
      byDomain.set(register.domain, [...(byDomain.get(register.domain) ?? []), register])
    }
    return byDomain
  }, [registers, wanted, usedOnly])
  if (shelves.size === 0)
    return (
      <div className="card">
        <Empty
          title={registers.length === 0 ? '您的职务还不能查看任何登记簿' : `没有找到“${wanted}”`}
          actions={registers.length > 0 && <LinkButton to={path.registers}>查看全部登记簿</LinkButton>}
        >
          {registers.length === 0
            ? '请联系本级工会的安全管理员授权。'
            : '换一个词试试；本单位特有的事项可以自设一本登记簿。'}
        </Empty>
      </div>
    )
  const toggle = (id: string): void =>
    setFavourites(favourites.includes(id) ? favourites.filter((one) => one !== id) : [...favourites, id])
  const domains = (Object.keys(DOMAINS) as Domain[]).filter((domain) => shelves.has(domain))
  return (
    <>
      {domains.length > 2 && (
        <nav className="shelf-jump phone-only" aria-label="门类">
          {domains.map((domain) => (
            <a
              key={domain}
              href={`#shelf-${domain}`}
              onClick={(event) => {
                event.preventDefault()
                document.getElementById(`shelf-${domain}`)?.scrollIntoView()
              }}
            >
              {DOMAINS[domain]}
            </a>
          ))}
        </nav>
      )}
      <div className="catalogue">
        {domains.map((domain) => {
          const shelf = shelves.get(domain)
          return (
            shelf && (
              <section key={domain} id={`shelf-${domain}`} className="card">
                <header>
                  <h2>{DOMAINS[domain]}</h2>
                  <span className="faint">{year} 年 / 条</span>
                </header>
                {shelf.map((register) => (
                  <div key={register.id} className="catalogue-row">
                    <Link to={path.register(register.id) as never} className="grow" title={register.help}>
                      {register.title}
                      {register.custom && (
                        <span className="tag plain" style={{ marginLeft: 6 }}>
                          自设
                        </span>
                      )}
                    </Link>
                    <span className="number quiet">
                      {register.countThisYear ? numberText(register.countThisYear) : '–'}
                    </span>
                    <StarButton
                      pressed={favourites.includes(register.id)}
                      label={`${favourites.includes(register.id) ? '取消常用' : '设为常用'}：${register.title}`}
                      onClick={() => toggle(register.id)}
                    />
                  </div>
                ))}
              </section>
            )
          )
        })}
      </div>
    </>
  )
}
