// Files to attach without having any: a drawn receipt, and a second of a hummed note.

export async function samplePicture() {
  const canvas = document.createElement('canvas')
  canvas.width = 320
  canvas.height = 200
  const draw = canvas.getContext('2d')
  draw.fillStyle = '#fdfaf2'
  draw.fillRect(0, 0, 320, 200)
  draw.fillStyle = '#333'
  draw.font = 'bold 20px sans-serif'
  draw.fillText('달고개 커피 영수증', 24, 42)
  draw.font = '15px sans-serif'
  draw.fillText('주문 번호   A-1042', 24, 80)
  draw.fillText('머그컵 2개   18,000원', 24, 106)
  draw.fillText('배송비   3,000원', 24, 132)
  draw.font = 'bold 17px sans-serif'
  draw.fillText('합계   21,000원', 24, 168)
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, 'image/png'))
  return new File([blob], 'receipt.png', { type: 'image/png' })
}

export function sampleVoice() {
  const rate = 8000
  const data = new DataView(new ArrayBuffer(44 + rate))
  const write = (at, text) => {
    for (const [index, letter] of [...text].entries()) data.setUint8(at + index, letter.charCodeAt(0))
  }
  write(0, 'RIFF')
  data.setUint32(4, 36 + rate, true)
  write(8, 'WAVEfmt ')
  data.setUint32(16, 16, true)
  data.setUint16(20, 1, true)
  data.setUint16(22, 1, true)
  data.setUint32(24, rate, true)
  data.setUint32(28, rate, true)
  data.setUint16(32, 1, true)
  data.setUint16(34, 8, true)
  write(36, 'data')
  data.setUint32(40, rate, true)
  for (let i = 0; i < rate; i += 1) {
    const fade = Math.min(1, i / 400, (rate - i) / 400)
    data.setUint8(44 + i, 128 + Math.round(40 * fade * Math.sin((2 * Math.PI * 220 * i) / rate)))
  }
  return new File([data.buffer], 'voice.wav', { type: 'audio/wav' })
}

/** As the server takes it. */
export async function toUpload(file) {
  const bytes = new Uint8Array(await file.arrayBuffer())
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return { name: file.name, mime: file.type || 'application/octet-stream', base64: btoa(binary) }
}
