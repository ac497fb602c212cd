;; The files of images from before FilePlugin: its functions by number. Most of these numbers mean something else today; the
;; count of arguments tells.

;; at end, close, position
(func $primitive_150_1 (param $receiver eqref) (param $file eqref) (param $depth i32) (result eqref)
  (return_call $primitive_FilePlugin_primitiveFileAtEnd (local.get $receiver) (local.get $file) (local.get $depth)))

(func $primitive_151_1 (param $receiver eqref) (param $file eqref) (param $depth i32) (result eqref)
  (return_call $primitive_FilePlugin_primitiveFileClose (local.get $receiver) (local.get $file) (local.get $depth)))

(func $primitive_152_1 (param $receiver eqref) (param $file eqref) (param $depth i32) (result eqref)
  (return_call $primitive_FilePlugin_primitiveFileGetPosition (local.get $receiver) (local.get $file) (local.get $depth)))

;; open: name writable: flag
(func $primitive_153_2 (param $receiver eqref) (param $name eqref) (param $writable eqref) (param $depth i32) (result eqref)
  (return_call $primitive_FilePlugin_primitiveFileOpen (local.get $receiver) (local.get $name) (local.get $writable)
    (local.get $depth)))

;; read: file into: buffer startingAt: start count: count
(func $primitive_154_4 (param $receiver eqref) (param $file eqref) (param $buffer eqref) (param $start eqref)
    (param $count eqref) (param $depth i32) (result eqref)
  (return_call $primitive_FilePlugin_primitiveFileRead (local.get $receiver) (local.get $file) (local.get $buffer)
    (local.get $start) (local.get $count) (local.get $depth)))

(func $primitive_155_2 (param $receiver eqref) (param $file eqref) (param $position eqref) (param $depth i32) (result eqref)
  (return_call $primitive_FilePlugin_primitiveFileSetPosition (local.get $receiver) (local.get $file)
    (local.get $position) (local.get $depth)))

;; delete: name, size: file
(func $primitive_156_1 (param $receiver eqref) (param $name eqref) (param $depth i32) (result eqref)
  (return_call $primitive_FilePlugin_primitiveFileDelete (local.get $receiver) (local.get $name) (local.get $depth)))

(func $primitive_157_1 (param $receiver eqref) (param $file eqref) (param $depth i32) (result eqref)
  (return_call $primitive_FilePlugin_primitiveFileSize (local.get $receiver) (local.get $file) (local.get $depth)))

;; write: file from: buffer startingAt: start count: count
(func $primitive_158_4 (param $receiver eqref) (param $file eqref) (param $buffer eqref) (param $start eqref)
    (param $count eqref) (param $depth i32) (result eqref)
  (return_call $primitive_FilePlugin_primitiveFileWrite (local.get $receiver) (local.get $file) (local.get $buffer)
    (local.get $start) (local.get $count) (local.get $depth)))

(func $primitive_159_2 (param $receiver eqref) (param $old eqref) (param $new eqref) (param $depth i32) (result eqref)
  (return_call $primitive_FilePlugin_primitiveFileRename (local.get $receiver) (local.get $old) (local.get $new)
    (local.get $depth)))

;; the delimiter of path names; entry $index of a directory
(func $primitive_161_0 (param $receiver eqref) (param $depth i32) (result eqref)
  (return_call $primitive_FilePlugin_primitiveDirectoryDelimitor (local.get $receiver) (local.get $depth)))

(func $primitive_162_2 (param $receiver eqref) (param $path eqref) (param $index eqref) (param $depth i32) (result eqref)
  (return_call $primitive_FilePlugin_primitiveDirectoryLookup (local.get $receiver) (local.get $path) (local.get $index)
    (local.get $depth)))

;; 160 makes a directory, where Spur has adoptInstance: (primitives_slots)
(func $primitive_163_1 (param $receiver eqref) (param $path eqref) (param $depth i32) (result eqref)
  (return_call $primitive_FilePlugin_primitiveDirectoryDelete (local.get $receiver) (local.get $path) (local.get $depth)))
