/**
 * Runs inside a page: names what a person without mouse, without sight or on a small screen would stumble over.
 * Contrast is that of WCAG 2.2 (4.5 to 1, large text 3 to 1), measured on solid backgrounds.
 */
export function faultsOf(): string[] {
  const shown = (element: Element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true })
  const name = (element: Element) =>
    element.getAttribute('aria-label') ??
    (element as HTMLInputElement).labels?.[0]?.textContent ??
    (element.textContent?.trim() || element.getAttribute('title'))

  function nameless(): string[] {
    return [...document.querySelectorAll('a, button, input, select, [role=img], [role=combobox]')]
      .filter((element) => shown(element) && !name(element))
      .map((element) => `no name: ${element.outerHTML.slice(0, 120)}`)
  }

  function structure(): string[] {
    const found: string[] = []
    if (document.querySelectorAll('h1').length !== 1) found.push('not exactly one h1')
    if (document.querySelectorAll('main').length !== 1) found.push('not exactly one main')
    if (!document.title.includes('·')) found.push(`title: ${document.title}`)
    if (document.documentElement.scrollWidth > innerWidth)
      found.push(`wider than the screen: ${document.documentElement.scrollWidth}`)
    return found
  }

  function channels(colour: string): number[] {
    const context = document.createElement('canvas').getContext('2d')
    if (!context) return [0, 0, 0, 0]
    context.fillStyle = colour
    context.fillRect(0, 0, 1, 1)
    return [...context.getImageData(0, 0, 1, 1).data]
  }

  function luminance(colour: string): number {
    const [r = 0, g = 0, b = 0] = channels(colour).map((value) => {
      const share = value / 255
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }

  function background(element: Element | null): string {
    for (let at = element; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor
      if (channels(colour)[3] === 255) return colour
    }
    return 'white'
  }

  function pale(element: Element): boolean {
    const { color, fontSize, fontWeight } = getComputedStyle(element)
    if (channels(color)[3] === 0) return false
    const [low, high] = [luminance(color), luminance(background(element))].sort((a, b) => a - b) as [number, number]
    const size = Number.parseFloat(fontSize)
    const large = size >= 24 || (size >= 18.66 && Number(fontWeight) >= 700)
    return (high + 0.05) / (low + 0.05) < (large ? 3 : 4.5)
  }

  function paleTexts(): string[] {
    const ownText = (element: Element) =>
      [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim())
    return [...document.querySelectorAll('#root *')]
      .filter((element) => !element.closest('svg, .unseen') && ownText(element) && shown(element) && pale(element))
      .map((element) => `pale: ${element.textContent?.slice(0, 40)} ${getComputedStyle(element).color}`)
  }

  return [...structure(), ...nameless(), ...paleTexts()]
}
