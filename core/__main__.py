import sys, time
from core.db import Database, ROOT
from pathlib import Path
from core.documents import Store, files_root
from core import demo
db=Database()
t=time.time()
demo.fill(db, Store(files_root(db)), int(time.time()*1000))
print(time.time()-t)
