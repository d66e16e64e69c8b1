"""Fees computed in exact fractions, by rules written a second time: python3 test/vouchers/fee-cases.py > test/vouchers/fee-cases.json

Yuan and per cent are decimal text here and fractions in between, so that no step is the library's own.
"""
import json
import random
from fractions import Fraction
from math import floor, ceil

random.seed(20261123)

PERCENT = {  # (kind, class) -> list of (first day, per cent, cap in yuan)
    ('card', 'credit'): [('', '0.6', None), ('2027-01-01', '0.65', '80')],
    ('card', 'debit'): [('', '0.5', '25'), ('2027-01-01', '0.52', '20.01')],
    ('wechat', None): [('', '0.38', None), ('2026-12-15', '0.4', None)],
    ('alipay', None): [('', '0.38', None)],
    ('unionpay-qr', None): [('', '0.60', None), ('2027-03-01', '0.0001', None)],
}
DAYS = ['2026-11-23', '2026-12-14', '2026-12-15', '2026-12-31', '2027-01-01', '2027-02-28', '2027-03-01', '2027-06-30']


def to_fen(exact, rounding):
    """A fraction of yuan as whole fen."""
    fen = exact * 100
    if rounding == 'down':
        return floor(fen)
    if rounding == 'up':
        return ceil(fen)
    below = floor(fen)
    rest = fen - below
    if rest != Fraction(1, 2):
        return below + (1 if rest > Fraction(1, 2) else 0)
    return below + 1 if rounding == 'half-up' else below + below % 2


def fee_of(kind, cls, yuan, day, rounding):
    steps = PERCENT.get((kind, cls)) or PERCENT.get((kind, None))
    if steps is None:
        return None
    _, percent, cap = [step for step in steps if step[0] <= day][-1]
    fee = to_fen(Fraction(yuan) * Fraction(percent) / 100, rounding)
    return fee if cap is None else min(fee, int(Fraction(cap) * 100))


def plan(base, refunds, rounding, unknown):
    rates = []
    for (kind, cls), steps in PERCENT.items():
        for first, percent, cap in steps:
            rate = {'kind': kind, 'ppm': int(Fraction(percent) * 10_000)}
            if percent == '0.0001':
                rate['ppm'] = 1
            if cls:
                rate['cardClass'] = cls
            if cap:
                rate['capFen'] = int(Fraction(cap) * 100)
            if first:
                rate['from'] = first
            rates.append(rate)
    random.shuffle(rates)
    return {'rates': rates, 'base': base, 'refunds': refunds, 'rounding': rounding, 'unknownClass': unknown}


def yuan_of(fen):
    return f'{fen // 100}.{fen % 100:02d}'


ROUNDINGS = ['half-up', 'half-even', 'down', 'up']
cases = []


def sale(i, fen=None, kind=None, cls='pick', day=None, rounding=None, **more):
    kind = kind or random.choice(['card', 'card', 'card', 'wechat', 'alipay', 'unionpay-qr', 'cash'])
    cls = random.choice(['credit', 'debit', None]) if cls == 'pick' else cls
    day = day or random.choice(DAYS)
    rounding = rounding or ROUNDINGS[i % 4]
    base = more.get('base', random.choice(['paid', 'ordered']))
    unknown = more.get('unknown', random.choice(['credit', 'debit', 'unknown']))
    fen = fen or random.choice([1, 50, 83, 100, 5100, 128600, 500000, 500100, 1_000_000, random.randrange(1, 10**9), 999_999_999_999])
    tip = random.choice([0, 0, 0, 1500]) if fen < 10**11 else 0
    discount = random.choice([0, 0, 500]) if fen < 10**11 else 0
    trade = {'type': 'scan-sale' if kind in ('wechat', 'alipay', 'unionpay-qr') else 'sale', 'kind': kind, 'fen': fen}
    if kind == 'card' and cls:
        trade['cardClass'] = cls
    if tip:
        trade['tipFen'] = tip
    if discount:
        trade['orderFen'] = fen + discount
        trade['discountFen'] = discount
    bearing = fen + (discount if base == 'ordered' else 0) + tip
    real = None if kind != 'card' else (cls or (None if unknown == 'unknown' else unknown))
    fee = None if kind == 'card' and real is None else fee_of(kind, real, Fraction(bearing, 100), day, rounding)
    return trade, day, plan(base, more.get('refunds', 'returned'), rounding, unknown), fee, fen + tip


# The figures of the requirement, and amounts whose fee ends on half a fen exactly.
for kind, cls, fen in [
    ('card', 'credit', 1_000_000), ('card', 'debit', 500_000), ('card', 'debit', 1_000_000), ('card', 'debit', 499_900),
    ('wechat', None, 1_000_000), ('alipay', None, 1_000_000), ('unionpay-qr', None, 1_000_000), ('cash', None, 1_000_000),
]:
    trade, day, p, fee, _ = sale(0, fen=fen, kind=kind, cls=cls, day='2026-11-23', rounding='half-up', base='paid', unknown='credit')
    cases.append({'trade': trade, 'day': day, 'plan': p, 'fee': fee})
for i, fen in enumerate([100, 300, 500, 700, 900, 1100]):  # debit 0.5 %: 0.5, 1.5, 2.5 … fen
    for rounding in ROUNDINGS:
        trade, day, p, fee, _ = sale(0, fen=fen, kind='card', cls='debit', day='2026-11-23', rounding=rounding, base='paid')
        cases.append({'trade': trade, 'day': day, 'plan': p, 'fee': fee})
for i in range(88):
    trade, day, p, fee, _ = sale(i)
    cases.append({'trade': trade, 'day': day, 'plan': p, 'fee': fee})
# Voids, and refunds in parts: each gives back what the share of all refunds is, less what those before it gave.
while len(cases) < 200:
    i = len(cases)
    refunds = 'kept' if i % 5 == 0 else 'returned'
    trade, day, p, fee, charged = sale(i, refunds=refunds, kind=random.choice(['card', 'wechat', 'alipay', 'unionpay-qr']))
    scan = trade['type'] == 'scan-sale'
    common = {k: trade[k] for k in ('kind', 'cardClass') if k in trade}
    if i % 4 == 0:
        void = {**common, 'type': 'scan-void' if scan else 'void', 'fen': charged}
        cases.append({'trade': void, 'day': day, 'plan': p, 'fee': None if fee is None else -fee,
                      'original': {'chargedFen': charged, 'refundedFen': 0, 'feeFen': fee}})
        continue
    given = 0
    before = 0
    parts = sorted(random.randrange(1, charged + 1) for _ in range(3)) if charged > 10 else [charged]
    for total in sorted(set(parts + [charged])):
        if len(cases) == 200:
            break
        refund = {**common, 'type': 'scan-refund' if scan else 'refund', 'fen': total - before}
        if refunds == 'kept':
            expected = 0
        elif fee is None:
            expected = None
        else:
            share = to_fen(Fraction(fee, 100) * Fraction(total, charged), p['rounding'])
            expected = -(share - given) if share != given else 0
            given = share
        cases.append({'trade': refund, 'day': random.choice(DAYS), 'plan': p, 'fee': expected,
                      'original': {'chargedFen': charged, 'refundedFen': before, 'feeFen': fee}})
        before = total
print('[\n' + ',\n'.join(json.dumps(case, sort_keys=True) for case in cases) + '\n]')
