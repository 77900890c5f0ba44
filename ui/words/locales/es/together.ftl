# Batch review in an inbox.

together = Varios a la vez
together-help = Elija revisiones y apruébelas o devuélvalas juntas. Cada una se decide por separado.
together-look = Ver lo elegido ({ $count })
together-all = Elegir todos los de esta página
together-none = Quitar la elección
together-choose = Elegir { $code }
together-only-reviews = Solo se pueden elegir revisiones que usted puede decidir. Lo demás se resuelve en su caso.
together-back = Volver a elegir
together-title = { $count ->
    [one] Un caso por decidir
   *[other] { $count } casos por decidir juntos
 }
together-criteria = Si aprueba, afirma que cada criterio de cada cliente «Cumple». Si devuelve, los criterios quedan sin evaluar («No aplica») y el motivo es el hallazgo de cada caso.
together-reason = Motivo (obligatorio si devuelve, el mismo para todos)
together-do-approve = { $count ->
    [one] Aprobar
   *[other] Aprobar los { $count }
 }
together-do-return = { $count ->
    [one] Devolver
   *[other] Devolver los { $count }
 }
together-done = { $verdict ->
    [approve] Aprobó
   *[return] Devolvió
 } { $done } de { $count }.{ $left ->
    [0] {""}
   *[other] {" "}Abajo se dice por qué no se decidió lo demás.
 }
together-ok = hecho
together-left = sin decidir
