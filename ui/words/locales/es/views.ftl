# The order of an inbox, the reasons for a row's rank, and saved views.

inbox-order = Orden
inbox-order-urgency = Más urgente primero
inbox-order-oldest = Más antigua primero
inbox-order-client = Por cliente
inbox-order-phase = Por fase
inbox-order-cycle = Más ciclos primero
why-blocked = falta el { $environment } desde hace { $time }
why-cycle = y es el ciclo { $number }

views = Vistas
views-current = Vista: { $view }
views-changed = Vista: { $view } (con cambios)
views-mine = Sus vistas
views-none = Todavía no guardó ninguna vista: una vista guarda filtros y orden.
views-default = { $view } · al abrir
views-all = Ver todo
views-name = Nombre de esta vista
views-new = Guardar filtros y orden como
do-save-view = Guardar vista
do-replace-view = Guardar cambios
do-rename-view = Cambiar nombre
do-default-view = Abrir con esta vista
do-no-default-view = No abrir con esta vista
do-delete-view = Eliminar vista
done-save-view = Se guardó la vista { $view }.
done-rename-view = La vista se llama ahora { $view }.
done-default-view = Su bandeja se abrirá con la vista { $view }.
done-no-default-view = Su bandeja ya no se abrirá con la vista { $view }.
done-delete-view = Se eliminó la vista { $view }.

error-view-name-missing = Escriba un nombre para la vista.
error-view-exists = Ya tiene una vista «{ $view }». Elija otro nombre.
error-view-unknown = No se guardó: la vista «{ $view }» ya no existe. Vuelva a cargar la página.
error-view-too-long = Los filtros son demasiado largos para guardarlos. Acorte la búsqueda.
error-views-too-many = Ya tiene { $limit } vistas. Elimine alguna antes de guardar otra.
views-new-filters = Guardar filtros como
