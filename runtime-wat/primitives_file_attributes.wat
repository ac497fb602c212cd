;; FileAttributesPlugin: what a file is, asked by its name. A host's files have names, sizes and times; they all belong to
;; the user who runs the image, which the mode's bits say.

;; Types of files as bits of the mode, in the order of primitiveFileMasks; all of them, sockets, links, regular files, block
;; devices, folders, character devices, pipes.
(func $primitive_FileAttributesPlugin_primitiveFileMasks (param $receiver eqref) (param $depth i32) (result eqref)
  (return_call $new_array_with (array.new_fixed $Slots 8
    (ref.i31 (i32.const 0xF000)) (ref.i31 (i32.const 0xC000)) (ref.i31 (i32.const 0xA000)) (ref.i31 (i32.const 0x8000))
    (ref.i31 (i32.const 0x6000)) (ref.i31 (i32.const 0x4000)) (ref.i31 (i32.const 0x2000)) (ref.i31 (i32.const 0x1000)))))

;; Asks the host for the entry of a file by its path: 1 when there is one, whose record is in the transfer area then; 0 when
;; there is none; -1 when the path is no String.
(func $find_file (param $path eqref) (result i32)
  (local $length i32) (local $isAbsolute i32)
  (local.set $length (call $name_to_memory (local.get $path) (i32.const 1)))
  (if (i32.lt_s (local.get $length) (i32.const 0)) (then (return (i32.const -1))))
  (if (i32.eqz (local.get $length)) (then (return (i32.const 0))))
  ;; within the root folder, or within the working folder
  (local.set $isAbsolute (i32.eq (i32.load8_u (i32.const 1)) (i32.const 0x2F)))
  (i32.store8 (i32.const 0) (i32.const 0x2F))
  (i32.eqz (call $host_directory_entry (i32.const 0) (local.get $isAbsolute) (i32.const 0)
    (i32.const 1) (local.get $length))))

(func $primitive_FileAttributesPlugin_primitiveFileExists (param $receiver eqref) (param $path eqref) (param $depth i32)
    (result eqref)
  (local $found i32)
  (local.set $found (call $find_file (local.get $path)))
  (if (i32.lt_s (local.get $found) (i32.const 0)) (then (return_call $fail_with (i32.const 3))))
  (return_call $as_bool (local.get $found)))

;; One attribute by its number: 1 to 12 as stat has them, 13 to 15 whether it may be read, written, executed, 16 whether it
;; is a symbolic link (the host follows them).
(func $primitive_FileAttributesPlugin_primitiveFileAttribute (param $receiver eqref) (param $path eqref)
    (param $number eqref) (param $depth i32) (result eqref)
  (local $found i32) (local $index i32)
  (local.set $index (call $index_argument (local.get $number)))
  (local.set $found (call $find_file (local.get $path)))
  (if (i32.or (i32.lt_s (local.get $found) (i32.const 0)) (i32.ge_u (local.get $index) (i32.const 16)))
    (then (return_call $fail_with (i32.const 3))))
  (if (i32.eqz (local.get $found)) (then (return_call $fail_with (i32.const 11))))
  (return_call $file_attribute (local.get $index) (local.get $path)))

;; The attributes that a mask wants, in Arrays: bit 0 those of stat, bit 1 whether it may be read, written, executed.
(func $primitive_FileAttributesPlugin_primitiveFileAttributes (param $receiver eqref) (param $path eqref) (param $mask eqref)
    (param $depth i32) (result eqref)
  (local $found i32) (local $wanted i32) (local $stat eqref) (local $access eqref)
  (local.set $wanted (i32.and (call $small_or (local.get $mask) (i32.const 0)) (i32.const 3)))
  (local.set $found (call $find_file (local.get $path)))
  (if (i32.or (i32.lt_s (local.get $found) (i32.const 0)) (i32.eqz (local.get $wanted)))
    (then (return_call $fail_with (i32.const 3))))
  (if (i32.eqz (local.get $found)) (then (return_call $fail_with (i32.const 11))))
  (local.set $stat (call $file_attributes (i32.const 0) (i32.const 12) (local.get $path)))
  (local.set $access (call $file_attributes (i32.const 12) (i32.const 15) (local.get $path)))
  (if (i32.eq (local.get $wanted) (i32.const 1)) (then (return (local.get $stat))))
  (if (i32.eq (local.get $wanted) (i32.const 2)) (then (return (local.get $access))))
  (return_call $new_array_with (array.new_fixed $Slots 2 (local.get $stat) (local.get $access))))

(func $file_attributes (param $from i32) (param $to i32) (param $path eqref) (result eqref)
  (local $slots (ref $Slots)) (local $i i32)
  (local.set $slots (array.new_default $Slots (i32.sub (local.get $to) (local.get $from))))
  (loop $next
    (array.set $Slots (local.get $slots) (local.get $i)
      (call $file_attribute (i32.add (local.get $from) (local.get $i)) (local.get $path)))
    (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (array.len (local.get $slots)))))
  (return_call $new_array_with (local.get $slots)))

;; Attribute $index (0-based) of the file whose record is in the transfer area.
(func $file_attribute (param $index i32) (param $path eqref) (result eqref)
  (local $isFolder i32)
  (local.set $isFolder (i32.load (i32.const 24)))
  (block $nil (block $true (block $false (block $writable (block $execute (block $changed (block $size (block $one
  (block $zero (block $mode
    ;; name mode inode device links user group size accessed modified changed created; read write execute; link
    (br_table $nil $mode $zero $zero $one $zero $zero $size $changed $changed $changed $nil $true $writable $execute $false
      (local.get $index)))
    (return (ref.i31 (select (i32.const 0x41ED) (i32.const 0x81A4) (local.get $isFolder)))))
    (return (ref.i31 (i32.const 0))))
    (return (ref.i31 (i32.const 1))))
    (return_call $integer_of_i64 (i64.trunc_sat_f64_s (f64.load (i32.const 16)))))
    ;; the record has local time
    (return_call $integer_of_i64 (i64.sub (i64.trunc_sat_f64_s (f64.load (i32.const 8)))
      (i64.extend_i32_s (call $host_local_offset_seconds)))))
    (return_call $as_bool (local.get $isFolder)))
    (if (local.get $isFolder) (then (return (global.get $true))))
    (return_call $as_bool (call $can_write (local.get $path))))
    (return (global.get $false)))
    (return (global.get $true)))
  (ref.null eq))

;; By opening it. The record is kept, behind the longest name.
(func $can_write (param $path eqref) (result i32)
  (local $at i32) (local $length i32) (local $handle i32)
  (local.set $at (i32.shl (global.get $longest_name) (i32.const 1)))
  (local.set $length (call $name_to_memory (local.get $path) (local.get $at)))
  (local.set $handle (call $host_file_open (local.get $at) (local.get $length) (i32.const 1)))
  (if (i32.lt_s (local.get $handle) (i32.const 0)) (then (return (i32.const 0))))
  (drop (call $host_file_close (local.get $handle)))
  (i32.const 1))
