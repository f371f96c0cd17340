"""Waiting for the first of several things."""

import asyncio
from collections.abc import Coroutine
from typing import Any


async def first_of(**things: Coroutine[Any, Any, Any]) -> str:
    """The name of the first to finish (the earliest named on a tie); the others are cancelled, also when we are."""
    tasks = {name: asyncio.ensure_future(thing) for name, thing in things.items()}
    try:
        await asyncio.wait(tasks.values(), return_when=asyncio.FIRST_COMPLETED)
        won = next(name for name, task in tasks.items() if task.done())
        tasks[won].result()
        return won
    finally:
        for task in tasks.values():
            task.cancel()
        await asyncio.gather(*tasks.values(), return_exceptions=True)
