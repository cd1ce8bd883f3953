import type { ThemeConfig } from 'antd'

/** Ant Design in our paper and ink; the same values as styles/base.css. Elder mode: 18 px text, 46 px controls;
 * on a phone 44 px, what a thumb needs. */
export const themeFor = (elder: boolean, phone: boolean): ThemeConfig => ({
  token: {
    colorPrimary: '#1f6f5c',
    colorInfo: '#2a5078',
    colorSuccess: '#1f6f5c',
    colorWarning: '#83560a',
    colorError: '#a23b2c',
    colorLink: '#1f6f5c',
    colorText: '#1c2320',
    colorTextSecondary: '#56605a',
    colorTextTertiary: '#69736d',
    // The stock placeholder is too pale to read (2.1:1).
    colorTextPlaceholder: elder ? '#4b544f' : '#69736d',
    colorTextDescription: '#69736d',
    colorBorder: '#cfd4cb',
    colorBorderSecondary: '#e2e5de',
    colorBgLayout: '#f5f6f2',
    borderRadius: 4,
    borderRadiusLG: 6,
    fontSize: elder ? 18 : 14,
    controlHeight: elder ? 46 : phone ? 44 : 32,
    fontFamily: 'var(--sans)',
    motion: false,
    boxShadow: '0 10px 32px rgb(25 40 32 / 14%)',
    boxShadowSecondary: '0 10px 32px rgb(25 40 32 / 14%)',
  },
  components: {
    Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none', fontWeight: 400 },
  },
})
