"""Where a rule stands, in the reader's language: tables name their source once, as `令2020-3 Art.18`."""

import re

#: What tables write → what Chinese readers and English readers are told.
_NAMES = {
    "令2020-3": ("银保监会令2020年第3号", "CBIRC Order No. 3 of 2020"),
    "令2020-5": ("人民银行令2020年第5号", "PBOC Order No. 5 of 2020"),
    "消法": ("《消费者权益保护法》", "Consumer Protection Law"),
    "条例": ("《消费者权益保护法实施条例》", "Regulations on the Consumer Protection Law"),
    "民法典": ("《民法典》", "Civil Code"),
    "WeChat Pay 消费者投诉处理指南": ("微信支付消费者投诉处理指南", "WeChat Pay's guide to consumer complaints"),
    "our default": ("本机构规定", "our default"),
    "our rule": ("本机构规定", "our rule"),
    "our target": ("本机构目标", "our target"),
    "where a measure has no date of its own": ("（措施未另定日期时）", "where a measure has no date of its own"),
    "where the hand-over states no date": ("（转办未定期限时）", "where the hand-over states no date"),
    "earlier when 45 % of the period are used": ("期限用去45%时提前", "earlier when 45 % of the period are used"),
    "promptly": ("及时", "promptly"),
    "names nobody": ("未指明审批人", "names nobody"),
    "states no time": ("未规定期限", "states no time"),
    "the date stated in the hand-over": ("转办所定期限", "the date stated in the hand-over"),
    "CFPB process": ("CFPB 投诉流程", "CFPB process"),
}
_NAMED = re.compile("|".join(re.escape(name) for name in sorted(_NAMES, key=len, reverse=True)))
_ARTICLES = re.compile(r" ?Art\.(\d+(?:, \d+)*)")


def told(source: str, language: str) -> str:
    """The `source` that a row of a table names, in `language` (`zh…`, else English)."""
    is_chinese = language.startswith("zh")
    named = _NAMED.sub(lambda found: _NAMES[found[0]][0 if is_chinese else 1], source)
    return _ARTICLES.sub(r"第\1条" if is_chinese else r", Art. \1", named)
