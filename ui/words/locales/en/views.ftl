# The order of an inbox, the reasons for a row's rank, and saved views.

inbox-order = Order
inbox-order-urgency = Most urgent first
inbox-order-oldest = Oldest first
inbox-order-client = By client
inbox-order-phase = By phase
inbox-order-cycle = Most cycles first
why-blocked = { $environment } missing for { $time }
why-cycle = and in cycle { $number }

views = Views
views-current = View: { $view }
views-changed = View: { $view } (changed)
views-mine = Your views
views-none = You have no saved views yet: a view keeps filters and order.
views-default = { $view } · on opening
views-all = See everything
views-name = Name of this view
views-new = Save filters and order as
do-save-view = Save view
do-replace-view = Save changes
do-rename-view = Rename
do-default-view = Open with this view
do-no-default-view = Do not open with this view
do-delete-view = Delete view
done-save-view = The view { $view } is saved.
done-rename-view = The view is now called { $view }.
done-default-view = Your inbox will open with the view { $view }.
done-no-default-view = Your inbox will no longer open with the view { $view }.
done-delete-view = The view { $view } is deleted.

error-view-name-missing = Write a name for the view.
error-view-exists = You have a view “{ $view }” already. Choose another name.
error-view-unknown = Not saved: the view “{ $view }” is no longer there. Load the page again.
error-view-too-long = The filters are too long to be saved. Shorten the search.
error-views-too-many = You have { $limit } views already. Delete one before you save another.
views-new-filters = Save filters as
