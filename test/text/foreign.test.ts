// Languages beside the four that are told by rule: named where they are certain, and never what is English.
import { describe, expect, test } from 'vitest'
import { type ForeignLang, foreignLang } from '../../src/text/foreign.ts'

const SAID: Readonly<Record<ForeignLang, string>> = {
  es: '¿Cuándo llega mi pedido? | Donde esta mi pedido | Quiero devolver el producto, está roto. | Gracias | Hola | No me ha llegado a mi casa | El producto está roto',
  de: 'Wann kommt meine Bestellung an? | Wann kommt es? | Die Ware ist leider defekt. | Danke | Wo ist mein Paket | Das Paket ist nicht angekommen',
  fr: 'Où est ma commande ? | Je voudrais un remboursement | Merci beaucoup | Le colis est arrivé cassé | Mon colis n’est pas arrivé',
  pt: 'Onde está o meu pedido? | Quero devolver o produto | Obrigado | Ainda não recebi o reembolso | O produto chegou quebrado',
  it: 'Dov’è il mio ordine? | Vorrei restituire il prodotto | Grazie | Non ho ancora ricevuto il rimborso | Il prodotto è arrivato rotto',
  id: 'Kapan pesanan saya sampai? | Saya ingin mengembalikan barang | Terima kasih | Barangnya rusak | Pesanan saya belum sampai',
  vi: 'Khi nào đơn hàng của tôi đến? | Tôi muốn hoàn tiền | Cảm ơn',
  ru: 'Где мой заказ? | Спасибо',
  th: 'คำสั่งซื้อของฉันอยู่ที่ไหน | ขอบคุณ',
}

describe('a language', () => {
  test.each(
    Object.entries(SAID).flatMap(([lang, lines]) => lines.split('|').map((text) => [text.trim(), lang])),
  )('%s is %s', (text, lang) => expect(foreignLang(text!)).toBe(lang))
})

test.each([
  ...['Where is my order?', 'The parcel came late.', 'ok thanks', 'Refund please', 'app crashed again'],
  ...['Galaxy Buds Pro case', 'Café latte 2x', 'My résumé file won’t upload', 'no', 'Is el Paso covered?'],
  ...['Can I use the LA store?', 'I want the cafe latte, por favor', 'What does "merci" mean?'],
  ...[
    'Ordered 2 x Le Creuset pot, one arrived broken',
    'order https://el.la.es/mi/que now',
    'wrong size arrived',
  ],
  ...['환불해 주세요', '返金してください', '请退款', '123', '', '🎉'],
])('"%s" is none of them', (text) => expect(foreignLang(text)).toBeNull())
