import type { Quantity } from "./quantity.ts";
import { decimal, one, quantity, times } from "./quantity.ts";

/**
 * What units are worth by definition, each in terms of those above it. A unit without an exact definition, such as one
 * that holds π or was measured, is not here: its factor is the rounded one of the list.
 */
const base = ["kg", "m", "s", "A", "K", "mol", "cd", "rad", "sr", "bit", "Np", "Bd", "E", "Sh", "Hart", "nat", "dec"];

/** Units of SI that take prefixes, by what they are. */
const derived = `
g = 0.001 kg
Hz = 1 /s
N = 1 kg*m/s^2
Pa = 1 N/m^2
J = 1 N*m
W = 1 J/s
C = 1 A*s
V = 1 W/A
F = 1 C/V
Ω = 1 V/A
S = 1 A/V
Wb = 1 V*s
T = 1 Wb/m^2
H = 1 Wb/A
lm = 1 cd*sr
lx = 1 lm/m^2
Bq = 1 /s
Gy = 1 J/kg
Sv = 1 J/kg
kat = 1 mol/s
l = 0.001 m^3
t = 1000 kg
bar = 100000 Pa
byte = 8 bit
var = 1 V*A
eV = 0.0000000000000000001602176634 J
B = 1.151292546 Np`;

/** Units without prefixes. */
const others = `
min = 60 s
h = 60 min
d = 24 h
day = 1 d
wk = 7 d
y = 365.25 d
year = 1 y
mo = 30.4375 d
y (365 days) = 365 d
r = 1
o = 8 bit
°C = 1 K
°F = 5/9 K
ºF = 5/9 K
°R = 5/9 K
ºR = 5/9 K
% = 0.01
‰ = 0.001
L = 1 l
Å = 0.0000000001 m
ua = 149597870700 m
ly = 9460730472580800 m
in = 0.0254 m
ft = 12 in
yd = 3 ft
mile = 1760 yd
mi = 1 mile
mil = 0.001 in
fth = 2 yd
ch (UK) = 22 yd
n mile = 1852 m
kn = 1 n mile/h
ft (US survey) = 1200/3937 m
ch (US survey) = 66 ft (US survey)
mi (US survey) = 5280 ft (US survey)
rd (US) = 16.5 ft (US survey)
fur = 660 ft
acre = 43560 ft (US survey)^2
ha = 10000 m^2
a = 100 m^2
daa = 1000 m^2
lb = 0.45359237 kg
klb = 1000 lb
oz = 1/16 lb
gr = 1/7000 lb
tr oz = 480 gr
st = 14 lb
cwt (US) = 100 lb
cwt (UK) = 112 lb
ton (US) = 2000 lb
ton (UK) = 2240 lb
ton.s = 2000 lb
dwt = 24 gr
dt = 100 kg
gn = 9.80665 m/s^2
lbf = 1 lb*gn
klbf = 1000 lbf
kip = 1000 lbf
ozf = 1/16 lbf
kgf = 1 kg*gn
kp = 1 kgf
gf = 0.001 kgf
ton.sh-force = 2000 lbf
pdl = 1 lb*ft/s^2
dyn = 0.00001 N
slug = 1 lbf*s^2/ft
psi = 1 lbf/in^2
ksi = 1000 psi
atm = 101325 Pa
Atm = 101325 Pa
at = 98066.5 Pa
Torr = 101325/760 Pa
mm Hg = 133.322387415 Pa
mm H₂O = 9.80665 Pa
P = 0.1 Pa*s
cP = 0.01 P
µP = 0.000001 P
St = 0.0001 m^2/s
cSt = 0.01 St
Gal = 0.01 m/s^2
mGal = 0.001 Gal
erg = 0.0000001 J
calIT = 4.1868 J
kcalIT = 1000 calIT
calth = 4.184 J
kcalth = 1000 calth
BtuIT = 1055.05585262 J
Btuth = 1055.05585262*4.184/4.1868 J
lbmol = 453.59237 mol
metric hp = 75 kgf*m/s
CV = 75 kgf*m/s
BHP = 550 ft*lbf/s
electric hp = 746 W
Ci = 37000000000 Bq
mCi = 0.001 Ci
µCi = 0.000001 Ci
kCi = 1000 Ci
R = 0.000258 C/kg
mR = 0.001 R
kR = 1000 R
rem = 0.01 Sv
mrem = 0.001 rem
Gs = 0.0001 T
kGs = 1000 Gs
Mx = 0.00000001 Wb
tex (g/km) = 0.001 g/m
gal (US) = 231 in^3
gal (US liq.) = 1 gal (US)
gal = 1 gal (US)
qt (US) = 1/4 gal (US)
liq qt (US) = 1/4 gal (US)
qt (US liq.) = 1/4 gal (US)
pt (US) = 1/8 gal (US)
liq pt (US) = 1/8 gal (US)
pt (US liq.) = 1/8 gal (US)
cup (US) = 1/16 gal (US)
gi (US) = 1/32 gal (US)
fl oz (US) = 1/128 gal (US)
tablespoon (US) = 1/256 gal (US)
teaspoon (US) = 1/768 gal (US)
barrel (US) = 42 gal (US)
bbl (US) = 42 gal (US)
bu (US) = 2150.42 in^3
bu (US dry) = 1 bu (US)
pk (US) = 1/4 bu (US)
pk (US dry) = 1/4 bu (US)
dry gal (US) = 1/8 bu (US)
dry qt (US) = 1/32 bu (US)
dry pt (US) = 1/64 bu (US)
gal (UK) = 4.54609 l
qt (UK) = 1/4 gal (UK)
qt (UK liq.) = 1/4 gal (UK)
pt (UK) = 1/8 gal (UK)
gi (UK) = 1/32 gal (UK)
fl oz (UK) = 1/160 gal (UK)
pk (UK) = 2 gal (UK)
bushel (UK) = 8 gal (UK)
bu (UK) = 8 gal (UK)
bbl (UK liq.) = 35 gal (UK)`;

const prefixes: Readonly<Record<string, number>> = {
  E: 18,
  P: 15,
  T: 12,
  G: 9,
  M: 6,
  k: 3,
  h: 2,
  da: 1,
  d: -1,
  c: -2,
  m: -3,
  µ: -6,
  n: -9,
  p: -12,
  f: -15,
  a: -18,
};
const binaryPrefixes = ["Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];

type Definitions = Map<string, Quantity>;
export type ReadExpression = (text: string, known: ReadonlyMap<string, Quantity>) => Quantity | null;

/** Every unit with an exact definition by its symbol, with prefixes; `read` understands expressions of units. */
export function unitDefinitions(read: ReadExpression): ReadonlyMap<string, Quantity> {
  const known: Definitions = new Map(base.map((name) => [name, quantity(1n, 1n, { [name]: 1 })]));
  const prefixed = [...base.filter((name) => name !== "kg"), ...define(derived, known, read)];
  define(others, known, read);
  for (const name of prefixed) addPrefixed(name, known);
  return known;
}

function define(lines: string, known: Definitions, read: ReadExpression): string[] {
  return lines
    .trim()
    .split("\n")
    .map((line) => {
      const [name = "", definition = ""] = line.split(" = ");
      const [, amount = "1", unit = ""] = /^([\d./*]+)\s*(.*)$/.exec(definition) ?? [];
      const worth = unit === "" ? one : read(unit.startsWith("/") ? `1${unit}` : unit, known);
      if (worth === null) throw new Error(`${name} is defined by what is not: ${definition}`);
      known.set(name, times(amountOf(amount), worth));
      return name;
    });
}

/** Numbers with `*` and one `/`. */
function amountOf(text: string): Quantity {
  const [above = "1", below = "1"] = text.split("/");
  const product = (factors: string): Quantity =>
    factors.split("*").reduce((total, factor) => times(total, decimal(factor)), one);
  const { num, den } = product(below);
  return times(product(above), quantity(den, num));
}

function addPrefixed(name: string, known: Definitions): void {
  const unit = known.get(name);
  if (unit === undefined) return;
  for (const [prefix, power] of Object.entries(prefixes)) {
    if (!known.has(prefix + name)) known.set(prefix + name, times(decimal("1", power), unit));
  }
  if (name !== "bit" && name !== "byte") return;
  for (const [at, prefix] of binaryPrefixes.entries()) {
    known.set(prefix + name, times(quantity(1024n ** BigInt(at + 1)), unit));
  }
}
