"""The elements of a report, one by one, as the annex of PBoC Order [2016] No. 3 lists them.

Source: PBoC Order [2016] No. 3, art. 27 and its annex: the list for large values, and the general one 通用 for
suspicious transactions, which is that of whoever is neither bank nor dealer in securities nor insurer. The form of the
file is left to a rule that was not found (银发〔2018〕163号, item 九): the form here is our own. An element's number is
its place in the list, beginning with 1.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import msgspec

from benyuan.values.errors import BadInput

FORMAT = "benyuan-report/1"


class State(StrEnum):
    """Whether an element is there: given, does not apply to this report, or missing."""

    given = "given"
    none = "none"
    missing = "missing"


class Element(msgspec.Struct, frozen=True, kw_only=True):
    """One element of one line."""

    number: int
    element: str
    label: str
    value: str
    state: State


@dataclass(frozen=True, slots=True)
class ElementList:
    """A list of the annex: names of ours with those of the text, in its order."""

    name: str
    names: tuple[str, ...]
    labels: tuple[str, ...]

    def filled(self, values: Mapping[str, str | None]) -> tuple[Element, ...]:
        """Every element in order: given where its text is not empty; None does not apply; any other is missing.

        Errors: KeyError for a value that is no element.
        """
        if unknown := set(values) - set(self.names):
            raise KeyError(f"{self.name} has no element {', '.join(sorted(unknown))}")
        return tuple(
            Element(number=number, element=name, label=label, value=values.get(name) or "", state=_state(values, name))
            for number, (name, label) in enumerate(zip(self.names, self.labels, strict=True), 1)
        )

    def check_added(self, added: Mapping[str, str]) -> None:
        """What people add by hand must be elements of the list. Errors: BadInput."""
        for name in added:
            if name not in self.names:
                raise BadInput("--add", name, f"an element of the list: {', '.join(self.names)}")


def missing_in(lines: Sequence[Sequence[Element]]) -> list[str]:
    """The elements that any line lacks, in order of the list."""
    found = {element.number: element.element for line in lines for element in line if element.state is State.missing}
    return [found[number] for number in sorted(found)]


def _state(values: Mapping[str, str | None], name: str) -> State:
    if values.get(name):
        return State.given
    return State.none if name in values and values[name] is None else State.missing


def _list(name: str, text: str) -> ElementList:
    rows = [line.split() for line in text.strip().splitlines()]
    return ElementList(name, tuple(row[0] for row in rows), tuple(row[1] for row in rows))


LARGE_VALUE = _list(
    "large_value",
    """
    institution_code 报告机构编码
    branch_code 网点代码
    relation_to_customer 金融机构与客户的关系
    customer_name 客户名称/姓名
    customer_document 客户身份证件/证明文件类型
    customer_number 客户身份证件/证明文件号码
    customer_id 客户号
    account_type 账户类型
    account 账号
    card_type 银行卡类型
    card_number 银行卡号码
    customer_occupation 客户职业或行业
    customer_contact 客户联系方式
    customer_nationality 客户国籍
    account_opened 客户开户时间
    feature_code 大额交易特征代码
    agent_name 代办人姓名
    agent_document 代办人身份证件/证明文件类型
    agent_number 代办人身份证件/证明文件号码
    agent_nationality 代办人国籍
    time 交易时间
    place 交易发生地
    business_id 业务标识号
    matching_number_type 收付款方匹配号类型
    matching_number 收付款方匹配号
    method 交易方式
    cross_border_code 涉外收支交易分类与代码
    direction 资金收付标志
    use_of_funds 资金用途
    currency 币种
    amount 交易金额
    other_branch_name 对方金融机构网点名称
    other_branch_code_type 对方金融机构网点代码类型
    other_branch_code 对方金融机构网点代码
    other_branch_region 对方金融机构网点行政区划代码
    other_name 交易对手姓名/名称
    other_document 交易对手身份证件/证明文件类型
    other_number 交易对手身份证件/证明文件号码
    other_account_type 交易对手账户类型
    other_account 交易对手账号
    remote_method 非柜台交易方式
    remote_device 非柜台交易方式的设备代码
    bank_transaction_code 银行与支付机构之间的业务交易编码
    note_1 交易信息备注1
    note_2 交易信息备注2
    """,
)
SUSPICIOUS = _list(
    "suspicious_general",
    """
    institution_code 报告机构编码
    branch_code 网点代码
    institution_industry 报告机构行业类别
    subject_name 可疑主体姓名/名称
    subject_document 可疑主体证件类型
    subject_number 可疑主体证件号码
    subject_bank_account 可疑主体所在银行账号
    subject_bank 可疑主体所在银行名称
    subject_occupation 可疑主体职业或行业
    subject_contact 可疑主体联系方式
    representative_name 可疑主体法定代表人姓名
    representative_document 可疑主体法定代表人身份证件类型
    representative_number 可疑主体法定代表人身份证件号码
    controller_name 可疑主体控股股东或实际控制人名称
    controller_document 可疑主体控股股东或实际控制人身份证件/证明文件类型
    controller_number 可疑主体控股股东或实际控制人身份证件/证明文件号码
    subject_nationality 可疑主体国籍
    urgency 报告紧急程度
    submission 报送次数标志
    addressee 报送方向
    trigger 可疑交易报告触发点
    behaviour 资金交易及客户行为情况
    analysis 疑点分析
    suspected_crime 疑似涉罪类型
    feature_code 可疑交易特征代码
    begins 可疑交易/事件起始日期
    ends 可疑交易/事件结束日期
    note_1 交易信息备注1
    note_2 交易信息备注2
    """,
)
