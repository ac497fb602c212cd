;; FilePlugin: files, standard streams and directories through the host's file imports. Names and contents cross in
;; the transfer area; long transfers go in pieces.

(global $transfer_size i32 (i32.const 65536))
(global $longest_name i32 (i32.const 16384))

;; The length of a name copied to $pointer; -1 when it is no String.
(func $name_to_memory (param $name eqref) (param $pointer i32) (result i32)
  (return_call $string_to_memory (local.get $name) (local.get $pointer) (global.get $longest_name)))

(func $primitive_FilePlugin_primitiveFileOpen (param $receiver eqref) (param $name eqref) (param $writable eqref)
    (param $depth i32) (result eqref)
  (local $length i32) (local $handle i32)
  (if (i32.eqz (call $is_boolean (local.get $writable))) (then (return (global.get $failed))))
  (local.set $length (call $name_to_memory (local.get $name) (i32.const 0)))
  (if (i32.lt_s (local.get $length) (i32.const 0)) (then (return (global.get $failed))))
  (local.set $handle (call $host_file_open (i32.const 0) (local.get $length)
    (ref.eq (local.get $writable) (global.get $true))))
  (if (i32.lt_s (local.get $handle) (i32.const 0)) (then (return (global.get $failed))))
  (return_call $new_file_handle (local.get $handle)))

(func $primitive_FilePlugin_primitiveFileClose (param $receiver eqref) (param $file eqref) (param $depth i32)
    (result eqref)
  (return_call $receiver_or_failed (local.get $receiver) (call $host_file_close (call $file_handle (local.get $file)))))

(func $primitive_FilePlugin_primitiveFileFlush (param $receiver eqref) (param $file eqref) (param $depth i32)
    (result eqref)
  (return_call $receiver_or_failed (local.get $receiver) (call $host_file_flush (call $file_handle (local.get $file)))))

(func $primitive_FilePlugin_primitiveFileSync (param $receiver eqref) (param $file eqref) (param $depth i32)
    (result eqref)
  (return_call $receiver_or_failed (local.get $receiver) (call $host_file_flush (call $file_handle (local.get $file)))))

(func $primitive_FilePlugin_primitiveFileSize (param $receiver eqref) (param $file eqref) (param $depth i32)
    (result eqref)
  (return_call $position_or_failed (call $host_file_size (call $file_handle (local.get $file)))))

(func $primitive_FilePlugin_primitiveFileGetPosition (param $receiver eqref) (param $file eqref) (param $depth i32)
    (result eqref)
  (return_call $position_or_failed (call $host_file_position (call $file_handle (local.get $file)))))

(func $primitive_FilePlugin_primitiveFileSetPosition (param $receiver eqref) (param $file eqref) (param $position eqref)
    (param $depth i32) (result eqref)
  (local $value i64)
  (local.set $value (call $integer_value_i64 (local.get $position)))
  (if (i32.eqz (global.get $integer_valid)) (then (return (global.get $failed))))
  (if (i64.lt_s (local.get $value) (i64.const 0)) (then (return (global.get $failed))))
  (return_call $receiver_or_failed (local.get $receiver)
    (call $host_file_set_position (call $file_handle (local.get $file)) (f64.convert_i64_s (local.get $value)))))

(func $primitive_FilePlugin_primitiveFileTruncate (param $receiver eqref) (param $file eqref) (param $size eqref)
    (param $depth i32) (result eqref)
  (local $value i64)
  (local.set $value (call $integer_value_i64 (local.get $size)))
  (if (i32.eqz (global.get $integer_valid)) (then (return (global.get $failed))))
  (if (i64.lt_s (local.get $value) (i64.const 0)) (then (return (global.get $failed))))
  (return_call $receiver_or_failed (local.get $receiver)
    (call $host_file_truncate (call $file_handle (local.get $file)) (f64.convert_i64_s (local.get $value)))))

(func $primitive_FilePlugin_primitiveFileAtEnd (param $receiver eqref) (param $file eqref) (param $depth i32)
    (result eqref)
  (local $answer i32)
  (local.set $answer (call $host_file_at_end (call $file_handle (local.get $file))))
  (if (i32.lt_s (local.get $answer) (i32.const 0)) (then (return (global.get $failed))))
  (return_call $as_bool (local.get $answer)))

(func $primitive_FilePlugin_primitiveFileDelete (param $receiver eqref) (param $name eqref) (param $depth i32)
    (result eqref)
  (local $length i32)
  (local.set $length (call $name_to_memory (local.get $name) (i32.const 0)))
  (if (i32.lt_s (local.get $length) (i32.const 0)) (then (return (global.get $failed))))
  (return_call $receiver_or_failed (local.get $receiver) (call $host_file_delete (i32.const 0) (local.get $length))))

(func $primitive_FilePlugin_primitiveFileRename (param $receiver eqref) (param $old eqref) (param $new eqref)
    (param $depth i32) (result eqref)
  (local $oldLength i32) (local $newLength i32)
  (local.set $oldLength (call $name_to_memory (local.get $old) (i32.const 0)))
  (if (i32.lt_s (local.get $oldLength) (i32.const 0)) (then (return (global.get $failed))))
  (local.set $newLength (call $name_to_memory (local.get $new) (local.get $oldLength)))
  (if (i32.lt_s (local.get $newLength) (i32.const 0)) (then (return (global.get $failed))))
  (return_call $receiver_or_failed (local.get $receiver)
    (call $host_file_rename (i32.const 0) (local.get $oldLength) (local.get $oldLength) (local.get $newLength))))

;; The descriptor is 0, 1 or 2.
(func $primitive_FilePlugin_primitiveFileDescriptorType (param $receiver eqref) (param $descriptor eqref)
    (param $depth i32) (result eqref)
  (if (i32.gt_u (call $small_or (local.get $descriptor) (i32.const -1)) (i32.const 2))
    (then (return_call $fail_with (i32.const 3))))
  (return (ref.i31 (call $host_stream_type (call $small_or (local.get $descriptor) (i32.const 0))))))

(func $primitive_FilePlugin_primitiveFileStdioHandles (param $receiver eqref) (param $depth i32) (result eqref)
  (call $new_array_with (array.new_fixed $Slots 3
    (call $new_file_handle (i32.const 0)) (call $new_file_handle (i32.const 1)) (call $new_file_handle (i32.const 2)))))

;; --- contents ---

;; The 0-based start and the count of a transfer; valid when start >= 0.
(func $transfer_range (param $buffer eqref) (param $start eqref) (param $count eqref) (result i32 i32)
  (local $from i32) (local $size i32)
  (local.set $from (i32.sub (call $small_or (local.get $start) (i32.const 0)) (i32.const 1)))
  (local.set $size (call $small_or (local.get $count) (i32.const -1)))
  (if (i32.or (i32.eqz (call $transfer_element_size (local.get $buffer)))
        (i32.or (i32.lt_s (local.get $from) (i32.const 0)) (i32.lt_s (local.get $size) (i32.const 0))))
    (then (return (i32.const -1) (i32.const 0))))
  (if (i32.gt_u (i32.add (local.get $from) (local.get $size)) (call $transfer_element_count (local.get $buffer)))
    (then (return (i32.const -1) (i32.const 0))))
  (local.get $from) (local.get $size))

;; Elements of the next piece of a transfer with $left to go.
(func $piece (param $left i32) (param $elementSize i32) (result i32)
  (local $most i32)
  (local.set $most (i32.div_u (global.get $transfer_size) (local.get $elementSize)))
  (select (local.get $left) (local.get $most) (i32.lt_u (local.get $left) (local.get $most))))

(func $primitive_FilePlugin_primitiveFileRead (param $receiver eqref) (param $file eqref) (param $buffer eqref)
    (param $start eqref) (param $count eqref) (param $depth i32) (result eqref)
  (local $handle i32) (local $from i32) (local $left i32) (local $elementSize i32) (local $piece i32) (local $got i32)
  (local $done i32)
  (local.set $handle (call $file_handle (local.get $file)))
  (call $transfer_range (local.get $buffer) (local.get $start) (local.get $count))
  (local.set $left)
  (local.set $from)
  (if (i32.lt_s (local.get $from) (i32.const 0)) (then (return (global.get $failed))))
  (local.set $elementSize (call $transfer_element_size (local.get $buffer)))
  (loop $next
    (local.set $piece (call $piece (local.get $left) (local.get $elementSize)))
    (local.set $got (call $host_file_read (local.get $handle) (i32.const 0) (i32.mul (local.get $piece) (local.get $elementSize))))
    (if (i32.lt_s (local.get $got) (i32.const 0))
      (then (if (i32.eqz (local.get $done)) (then (return (global.get $failed))))))
    (local.set $got (i32.div_u (select (local.get $got) (i32.const 0) (i32.gt_s (local.get $got) (i32.const 0)))
      (local.get $elementSize)))
    (call $elements_from_memory (local.get $buffer) (i32.add (local.get $from) (local.get $done)) (local.get $got))
    (local.set $done (i32.add (local.get $done) (local.get $got)))
    (local.set $left (i32.sub (local.get $left) (local.get $got)))
    (br_if $next (i32.and (i32.eq (local.get $got) (local.get $piece)) (i32.ne (local.get $left) (i32.const 0)))))
  (ref.i31 (local.get $done)))

(func $primitive_FilePlugin_primitiveFileWrite (param $receiver eqref) (param $file eqref) (param $buffer eqref)
    (param $start eqref) (param $count eqref) (param $depth i32) (result eqref)
  (local $handle i32) (local $from i32) (local $left i32) (local $elementSize i32) (local $piece i32) (local $put i32)
  (local $done i32)
  (local.set $handle (call $file_handle (local.get $file)))
  (call $transfer_range (local.get $buffer) (local.get $start) (local.get $count))
  (local.set $left)
  (local.set $from)
  (if (i32.lt_s (local.get $from) (i32.const 0)) (then (return (global.get $failed))))
  (local.set $elementSize (call $transfer_element_size (local.get $buffer)))
  (loop $next
    (local.set $piece (call $piece (local.get $left) (local.get $elementSize)))
    (call $elements_to_memory (local.get $buffer) (i32.add (local.get $from) (local.get $done)) (local.get $piece))
    (local.set $put (call $host_file_write (local.get $handle) (i32.const 0) (i32.mul (local.get $piece) (local.get $elementSize))))
    (if (i32.lt_s (local.get $put) (i32.const 0)) (then (return (global.get $failed))))
    (local.set $put (i32.div_u (local.get $put) (local.get $elementSize)))
    (local.set $done (i32.add (local.get $done) (local.get $put)))
    (local.set $left (i32.sub (local.get $left) (local.get $put)))
    (br_if $next (i32.and (i32.eq (local.get $put) (local.get $piece)) (i32.ne (local.get $left) (i32.const 0)))))
  (ref.i31 (local.get $done)))

;; --- directories ---

(func $primitive_FilePlugin_primitiveDirectoryDelimitor (param $receiver eqref) (param $depth i32) (result eqref)
  (call $character_for (i32.const 47)))

(func $primitive_FilePlugin_primitiveDirectoryCreate (param $receiver eqref) (param $path eqref) (param $depth i32)
    (result eqref)
  (local $length i32)
  (local.set $length (call $name_to_memory (local.get $path) (i32.const 0)))
  (if (i32.lt_s (local.get $length) (i32.const 0)) (then (return (global.get $failed))))
  (return_call $receiver_or_failed (local.get $receiver) (call $host_directory_create (i32.const 0) (local.get $length))))

(func $primitive_FilePlugin_primitiveDirectoryDelete (param $receiver eqref) (param $path eqref) (param $depth i32)
    (result eqref)
  (local $length i32)
  (local.set $length (call $name_to_memory (local.get $path) (i32.const 0)))
  (if (i32.lt_s (local.get $length) (i32.const 0)) (then (return (global.get $failed))))
  (return_call $receiver_or_failed (local.get $receiver) (call $host_directory_delete (i32.const 0) (local.get $length))))

;; The n-th entry; nil after the last one.
(func $primitive_FilePlugin_primitiveDirectoryLookup (param $receiver eqref) (param $path eqref) (param $index eqref)
    (param $depth i32) (result eqref)
  (local $length i32) (local $n i32)
  (local.set $n (call $small_or (local.get $index) (i32.const 0)))
  (local.set $length (call $name_to_memory (local.get $path) (i32.const 0)))
  (if (i32.or (i32.le_s (local.get $n) (i32.const 0)) (i32.lt_s (local.get $length) (i32.const 0)))
    (then (return (global.get $failed))))
  (return_call $directory_entry_or_nil
    (call $host_directory_entry (i32.const 0) (local.get $length) (local.get $n) (i32.const 0) (i32.const 0))))

;; The entry of that name; nil when there is none.
(func $primitive_FilePlugin_primitiveDirectoryEntry (param $receiver eqref) (param $path eqref) (param $name eqref)
    (param $depth i32) (result eqref)
  (local $length i32) (local $nameLength i32)
  (local.set $length (call $name_to_memory (local.get $path) (i32.const 0)))
  (if (i32.lt_s (local.get $length) (i32.const 0)) (then (return (global.get $failed))))
  (local.set $nameLength (call $name_to_memory (local.get $name) (local.get $length)))
  (if (i32.lt_s (local.get $nameLength) (i32.const 0)) (then (return (global.get $failed))))
  (return_call $directory_entry_or_nil
    (call $host_directory_entry (i32.const 0) (local.get $length) (i32.const 0) (local.get $length) (local.get $nameLength))))

;; From the host's code and record: name, creation time, modification time, whether it is a directory, size.
(func $directory_entry_or_nil (param $code i32) (result eqref)
  (if (i32.eq (local.get $code) (i32.const 1)) (then (return (ref.null eq))))
  (if (local.get $code) (then (return (global.get $failed))))
  (call $new_array_with (array.new_fixed $Slots 5
    (call $string_from_memory (i32.const 32) (i32.load (i32.const 28)))
    (call $integer_of_i64 (i64.trunc_sat_f64_s (f64.load (i32.const 0))))
    (call $integer_of_i64 (i64.trunc_sat_f64_s (f64.load (i32.const 8))))
    (call $as_bool (i32.load (i32.const 24)))
    (call $integer_of_i64 (i64.trunc_sat_f64_s (f64.load (i32.const 16)))))))

;; Types and creators are a Macintosh's; elsewhere setting them does nothing and asking fails.
(func $primitive_FilePlugin_primitiveDirectorySetMacTypeAndCreator (param $receiver eqref) (param $name eqref)
    (param $type eqref) (param $creator eqref) (param $depth i32) (result eqref)
  (local.get $receiver))
