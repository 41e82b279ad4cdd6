"""Settings of the service: one table of name, default and help; the only reader of the environment."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from platformdirs import user_data_path
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from qianche.corpus.errors import BadRequest
from qianche.corpus.reading.limits import Limits

PREFIX = "QIANCHE_"
MIB = 1024**2
MIN_TOKEN = 16
"""Shortest access token: below it guessing over a network is thinkable."""

PLATFORM_FOLDER = "（平台的用户数据目录）/qianche"
"""The default of `home` as printed: documentation must not hold one user's folder."""

Recipe = Literal["exact", "int8"]
Store = Literal["embedded"]
LogLevel = Literal["debug", "info", "warning", "error"]
CHOICES: Mapping[str, tuple[str, ...]] = {
    "recipe": ("exact", "int8"),
    "store": ("embedded",),
    "log_level": ("debug", "info", "warning", "error"),
}


class Settings(BaseSettings):
    """Settings of one process; a value given to the constructor wins over the environment.

    Build it with `load_settings`, which turns what is wrong into a `BadRequest` in Chinese.
    """

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True, extra="forbid", frozen=True)

    home: Path = Field(
        default_factory=lambda: user_data_path("qianche", appauthor=False),
        description="数据目录：记录、索引和模型都放在这里。",
    )
    host: str = Field(default="127.0.0.1", description="监听地址；本机以外的地址必须同时设置访问口令。")
    port: int = Field(default=8737, ge=1, le=65535, description="监听端口，1 至 65535。")
    token: SecretStr | None = Field(
        default=None, description=f"访问口令，至少 {MIN_TOKEN} 个字母、数字或 -._~；设置后每次访问都要出示。"
    )
    allowed_hosts: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(), description="另外允许的主机名（浏览器地址栏里的名字），逗号分隔。"
    )
    store: Store = Field(default="embedded", description="存储方式：embedded（内嵌，不需要另装数据库）。")
    recipe: Recipe = Field(
        default="int8", description="默认模型的精度：int8（快一倍，余弦相差不到千分之一）或 exact（无损）。"
    )
    model_folder: Path | None = Field(
        default=None,
        description="改用本机的 SentenceTransformer 模型目录（需要 qianche[models]）；不设则用默认模型。",
    )
    import_workers: int = Field(default=1, ge=1, le=32, description="导入时同时读取的文件数，1 至 32。")
    import_file_mb: int = Field(default=100, ge=1, le=4096, description="导入的单个文件最大多少 MB。")
    import_request_mb: int = Field(default=1024, ge=1, le=65536, description="一次上传合计最大多少 MB。")
    import_pages: int = Field(default=3000, ge=1, le=100_000, description="导入的单个文件最多多少页。")
    import_unpacked_mb: int = Field(default=1024, ge=1, le=65536, description="压缩包解开后合计最大多少 MB。")
    import_seconds: int = Field(default=300, ge=1, le=86_400, description="读取单个文件最多多少秒。")
    import_memory_mb: int = Field(
        default=2048, ge=256, le=1_048_576, description="读取文件的每个工作进程最多用多少 MB 内存。"
    )
    log_level: LogLevel = Field(default="info", description="日志级别：debug、info、warning、error。")

    @field_validator("allowed_hosts", mode="before")
    @classmethod
    def _split_hosts(cls, value: Any) -> Any:
        """Return the names of a comma-separated text; anything else as it is."""
        return (
            tuple(n.strip().lower() for n in value.split(",") if n.strip())
            if isinstance(value, str)
            else value
        )

    @field_validator("home", "model_folder")
    @classmethod
    def _expand_home(cls, value: Path | None) -> Path | None:
        """Return the path absolute, so that a later change of directory does not move it."""
        return None if value is None else value.expanduser().absolute()

    @field_validator("host")
    @classmethod
    def _strip_host(cls, value: str) -> str:
        """Return the address without blanks and without the brackets of an IPv6 literal."""
        return value.strip().removeprefix("[").removesuffix("]")

    @property
    def loopback_only(self) -> bool:
        """Whether only this machine can connect."""
        return is_loopback(self.host)

    @property
    def import_limits(self) -> Limits:
        """The limits on each imported file."""
        return Limits(
            file_bytes=self.import_file_mb * MIB,
            pages=self.import_pages,
            unpacked_bytes=self.import_unpacked_mb * MIB,
            seconds_per_file=float(self.import_seconds),
            worker_memory_bytes=self.import_memory_mb * MIB,
        )

    @property
    def token_text(self) -> str | None:
        """The token in the clear, None where none is set."""
        return None if self.token is None else self.token.get_secret_value()


@dataclass(frozen=True, slots=True)
class SettingRow:
    """One row of the settings table: variable, default as printed, help in Chinese, value in use."""

    name: str
    variable: str
    default: str
    help: str
    value: str


def load_settings(**given: Any) -> Settings:
    """Return the settings from the environment, overridden by what is given (None: not given).

    Raises:
        BadRequest: a value cannot be used; the message names the variable, the value and the valid ones.
    """
    try:
        settings = Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        raise BadRequest(_explain(error.errors()[0]), code="bad-setting") from None
    _check_token(settings)
    return settings


def require_safe_binding(settings: Settings) -> None:
    """Return if the service may listen at its address.

    Raises:
        BadRequest: the address is reachable from other machines and no token is set.
    """
    if settings.loopback_only or settings.token is not None:
        return
    raise BadRequest(
        f"监听地址“{settings.host}”可从其他机器访问，但没有设置访问口令，服务不启动。"
        f"请设置 {PREFIX}TOKEN（至少 {MIN_TOKEN} 个字符），或改回 {PREFIX}HOST=127.0.0.1。",
        code="token-required",
    )


def is_loopback(host: str) -> bool:
    """Return whether the name or address means this machine alone."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def settings_table(settings: Settings | None = None) -> tuple[SettingRow, ...]:
    """Return every setting with default, help and the value in use (the default where none is given)."""
    rows = []
    for name, info in Settings.model_fields.items():
        default = PLATFORM_FOLDER if info.default_factory is not None else _shown(info.default)
        value = _shown(getattr(settings, name)) if settings is not None else default
        rows.append(SettingRow(name, PREFIX + name.upper(), default, info.description or "", value))
    return tuple(rows)


def _shown(value: Any) -> str:
    """Return a value as the table prints it."""
    if value is None or value == ():
        return "（未设置）"
    if isinstance(value, SecretStr):
        return "（已设置）"
    return ",".join(value) if isinstance(value, tuple) else str(value)


def _explain(error: ErrorDetails) -> str:
    """Return in Chinese what is wrong with the first bad setting."""
    name = str(error["loc"][0]) if error["loc"] else ""
    if name not in Settings.model_fields:
        valid = "、".join(PREFIX + n.upper() for n in Settings.model_fields)
        return f"没有名为“{name}”的设置。可用的设置：{valid}。"
    info = Settings.model_fields[name]
    given = "（不显示）" if name == "token" else str(error["input"])
    choices = f"可选：{'、'.join(CHOICES[name])}。" if name in CHOICES else (info.description or "")
    return f"设置 {PREFIX}{name.upper()} 的值“{given}”不能使用。{choices}"


def _check_token(settings: Settings) -> None:
    """Raise `BadRequest` for a token that is too short or cannot travel in a header."""
    token = settings.token_text
    if token is None:
        return
    if len(token) < MIN_TOKEN or not all(c.isascii() and (c.isalnum() or c in "-._~") for c in token):
        raise BadRequest(
            f"访问口令不能使用：需要至少 {MIN_TOKEN} 个字符（现有 {len(token)} 个），只含字母、数字和 -._~。"
            f"请重设 {PREFIX}TOKEN。",
            code="bad-setting",
        )
