;; CpSystemPlugin, what reaches the host: numbers as text, the console, variables of the session, WebSockets; and processes.

;; --- numbers ---

;; What JavaScript makes of a number: an Integer where it is one.
(func $number_of_real (param $value f64) (result eqref)
  (if (f64.ne (f64.trunc (local.get $value)) (local.get $value)) (then (return (call $new_float (local.get $value)))))
  (if (f64.lt (f64.abs (local.get $value)) (f64.const 0x1p53))
    (then (return_call $integer_of_i64 (i64.trunc_f64_s (local.get $value)))))
  (call $new_float (local.get $value)))

(func $primitive_CpSystemPlugin_primitiveNumberRaisedTo: (param $receiver eqref) (param $power eqref) (param $depth i32)
    (result eqref)
  (if (i32.eqz (call $are_reals (local.get $receiver) (local.get $power))) (then (return (global.get $failed))))
  (return_call $number_of_real (call $host_pow (call $real (local.get $receiver)) (call $real (local.get $power)))))

(func $printed_number (param $number eqref) (param $base i32) (result eqref)
  (local $length i32)
  (if (i32.eqz (call $are_reals (local.get $number) (local.get $number))) (then (return (global.get $failed))))
  (if (i32.gt_u (i32.sub (local.get $base) (i32.const 2)) (i32.const 34)) (then (return (global.get $failed))))
  (if (i32.and (i32.ne (local.get $base) (i32.const 10)) (ref.test (ref $Float) (local.get $number)))
    (then (return (global.get $failed))))
  (local.set $length (call $host_number_text (call $real (local.get $number)) (local.get $base) (i32.const 0)))
  (return_call $string_from_memory (i32.const 0) (local.get $length)))

(func $primitive_CpSystemPlugin_primitiveNumberPrintString (param $receiver eqref) (param $depth i32) (result eqref)
  (return_call $printed_number (local.get $receiver) (i32.const 10)))

;; With "16r" and the like before it, unless the base is 10.
(func $primitive_CpSystemPlugin_primitiveNumberPrintStringBase: (param $receiver eqref) (param $base eqref) (param $depth i32)
    (result eqref)
  (return_call $printed_number (local.get $receiver) (call $small_or (local.get $base) (i32.const 0))))

(func $number_in_text (param $text eqref) (param $missing eqref) (result eqref)
  (local $length i32)
  (local.set $length (call $string_to_memory (local.get $text) (i32.const 0) (i32.const 1024)))
  (if (i32.lt_s (local.get $length) (i32.const 0)) (then (return (local.get $missing))))
  (if (i32.eqz (call $host_text_number (i32.const 0) (local.get $length))) (then (return (local.get $missing))))
  (return_call $number_of_real (f64.load (i32.const 0))))

(func $primitive_CpSystemPlugin_primitiveStringAsNumber (param $receiver eqref) (param $depth i32) (result eqref)
  (return_call $number_in_text (local.get $receiver) (global.get $failed)))

(func $primitive_CpSystemPlugin_primitiveStringAsNumberOrNil (param $receiver eqref) (param $depth i32) (result eqref)
  (return_call $number_in_text (local.get $receiver) (ref.null eq)))

;; From 1 to the receiver.
(func $primitive_CpSystemPlugin_primitiveIntegerAtRandom (param $receiver eqref) (param $depth i32) (result eqref)
  (local $limit i32)
  (local.set $limit (call $small_or (local.get $receiver) (i32.const 0)))
  (if (i32.lt_s (local.get $limit) (i32.const 1)) (then (return (global.get $failed))))
  (ref.i31 (i32.add (i32.const 1) (i32.rem_u (call $host_random_seed) (local.get $limit)))))

;; --- the console: 0 a trace, 1 a warning, 2 an error ---

(func $console_line (param $receiver eqref) (param $text eqref) (param $level i32) (result eqref)
  (local $length i32)
  (local.set $length (call $string_to_memory (local.get $text) (i32.const 0) (i32.const 65536)))
  (if (i32.lt_s (local.get $length) (i32.const 0)) (then (return (global.get $failed))))
  (call $host_console_line (local.get $level) (i32.const 0) (local.get $length))
  (local.get $receiver))

(func $primitive_CpSystemPlugin_primitiveObjectTraceCr: (param $receiver eqref) (param $text eqref) (param $depth i32)
    (result eqref)
  (return_call $console_line (local.get $receiver) (local.get $text) (i32.const 0)))

(func $primitive_CpSystemPlugin_primitiveObjectWarnCr: (param $receiver eqref) (param $text eqref) (param $depth i32)
    (result eqref)
  (return_call $console_line (local.get $receiver) (local.get $text) (i32.const 1)))

(func $primitive_CpSystemPlugin_primitiveObjectErrorCr: (param $receiver eqref) (param $text eqref) (param $depth i32)
    (result eqref)
  (return_call $console_line (local.get $receiver) (local.get $text) (i32.const 2)))

(func $primitive_CpSystemPlugin_primitiveEnvironmentAlert: (param $receiver eqref) (param $text eqref) (param $depth i32)
    (result eqref)
  (return_call $console_line (local.get $receiver) (local.get $text) (i32.const 1)))

;; --- JavaScript: the operations 12 and 13 of the module JavaScript, under its permissions ---

;; true or false; fails where there is nobody to ask
(func $primitive_CpSystemPlugin_primitiveEnvironmentConfirm: (param $receiver eqref) (param $text eqref) (param $depth i32)
    (result eqref)
  (return_call $host_javascript (i32.const 13) (local.get $receiver) (local.get $text) (ref.null eq)))

;; A function by its global name, with an Array of arguments or nil
(func $primitive_CpSystemPlugin_primitiveEnvironmentGlobalApply:withArguments: (param $receiver eqref) (param $name eqref)
    (param $arguments eqref) (param $depth i32) (result eqref)
  (return_call $host_javascript (i32.const 12) (local.get $receiver) (local.get $name) (local.get $arguments)))

;; --- processes ---

;; While this Process is the active one there is nothing to do: it only loops.
(global $idle_process (mut eqref) (ref.null eq))

(func $primitive_CpSystemPlugin_primitiveProcessBeIdleProcess (param $receiver eqref) (param $depth i32) (result eqref)
  (global.set $idle_process (local.get $receiver))
  (local.get $receiver))

;; Processes that JavaScript waits for: there are none.
(func $primitive_CpSystemPlugin_primitiveProcessIsSyncProcess (param $receiver eqref) (param $depth i32) (result eqref)
  (global.get $false))

(func $primitive_CpSystemPlugin_primitiveProcessAllowAwaitPromise (param $receiver eqref) (param $depth i32) (result eqref)
  (global.get $true))

;; --- variables: 0 of the session, 1 persistent. Names and values cross one behind the other. ---

(func $variable_at (param $store i32) (param $name eqref) (result eqref)
  (local $length i32)
  (local.set $length (call $string_to_memory (local.get $name) (i32.const 0) (i32.const 65536)))
  (if (i32.le_s (local.get $length) (i32.const 0)) (then (return (global.get $failed))))
  (local.set $length (call $host_variable (local.get $store) (i32.const 0) (local.get $length)))
  (if (i32.lt_s (local.get $length) (i32.const 0)) (then (return (ref.null eq))))
  (return_call $string_from_memory (i32.const 0) (local.get $length)))

(func $variable_at_put (param $receiver eqref) (param $store i32) (param $name eqref) (param $value eqref) (result eqref)
  (local $length i32) (local $valueLength i32)
  (local.set $length (call $string_to_memory (local.get $name) (i32.const 0) (i32.const 16384)))
  (if (i32.le_s (local.get $length) (i32.const 0)) (then (return (global.get $failed))))
  (if (i32.eqz (ref.is_null (local.get $value)))
    (then
      (local.set $valueLength (call $string_to_memory (local.get $value) (local.get $length)
        (i32.sub (i32.const 65536) (local.get $length))))
      (if (i32.lt_s (local.get $valueLength) (i32.const 0)) (then (return (global.get $failed)))))
    (else (local.set $valueLength (i32.const -1))))
  (call $host_set_variable (local.get $store) (local.get $length) (local.get $valueLength))
  (local.get $receiver))

(func $primitive_CpSystemPlugin_primitiveEnvironmentVariableAt: (param $receiver eqref) (param $name eqref) (param $depth i32)
    (result eqref)
  (return_call $variable_at (i32.const 0) (local.get $name)))

(func $primitive_CpSystemPlugin_primitiveEnvironmentVariableAt:put: (param $receiver eqref) (param $name eqref)
    (param $value eqref) (param $depth i32) (result eqref)
  (return_call $variable_at_put (local.get $receiver) (i32.const 0) (local.get $name) (local.get $value)))

(func $primitive_CpSystemPlugin_primitiveEnvironmentRemoveVariableAt: (param $receiver eqref) (param $name eqref)
    (param $depth i32) (result eqref)
  (return_call $variable_at_put (local.get $receiver) (i32.const 0) (local.get $name) (ref.null eq)))

(func $primitive_CpSystemPlugin_primitiveEnvironmentPersistentVariableAt: (param $receiver eqref) (param $name eqref)
    (param $depth i32) (result eqref)
  (return_call $variable_at (i32.const 1) (local.get $name)))

(func $primitive_CpSystemPlugin_primitiveEnvironmentPersistentVariableAt:put: (param $receiver eqref) (param $name eqref)
    (param $value eqref) (param $depth i32) (result eqref)
  (return_call $variable_at_put (local.get $receiver) (i32.const 1) (local.get $name) (local.get $value)))

(func $primitive_CpSystemPlugin_primitiveEnvironmentRemovePersistentVariableAt: (param $receiver eqref) (param $name eqref)
    (param $depth i32) (result eqref)
  (return_call $variable_at_put (local.get $receiver) (i32.const 1) (local.get $name) (ref.null eq)))

(func $primitive_CpSystemPlugin_primitiveEnvironmentVariableNames (param $receiver eqref) (param $depth i32) (result eqref)
  (local $names (ref $Slots)) (local $i i32) (local $length i32)
  (local.set $names (array.new_default $Slots (call $host_variable_count)))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $i) (array.len (local.get $names))))
      (local.set $length (call $host_variable_name (local.get $i) (i32.const 0)))
      (if (i32.ge_s (local.get $length) (i32.const 0))
        (then (array.set $Slots (local.get $names) (local.get $i) (call $string_from_memory (i32.const 0) (local.get $length)))))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br $next)))
  (call $new_array_with (local.get $names)))

;; --- WebSockets: the host's handle belongs to the object that opened it ---

(global $web_socket_owners (mut (ref $Slots)) (array.new_default $Slots (i32.const 8)))    ;; by handle

(func $web_socket_of (param $owner eqref) (result i32)
  (local $handle i32)
  (block $none
    (loop $next
      (br_if $none (i32.ge_u (local.get $handle) (array.len (global.get $web_socket_owners))))
      (if (ref.eq (array.get $Slots (global.get $web_socket_owners) (local.get $handle)) (local.get $owner))
        (then (return (local.get $handle))))
      (local.set $handle (i32.add (local.get $handle) (i32.const 1)))
      (br $next)))
  (i32.const -1))

(func $own_web_socket (param $handle i32) (param $owner eqref)
  (local $larger (ref $Slots)) (local $old i32)
  (local.set $old (call $web_socket_of (local.get $owner)))
  (if (i32.ge_s (local.get $old) (i32.const 0))
    (then (array.set $Slots (global.get $web_socket_owners) (local.get $old) (ref.null eq))))
  (if (i32.ge_u (local.get $handle) (array.len (global.get $web_socket_owners)))
    (then
      (local.set $larger (array.new_default $Slots (i32.shl (local.get $handle) (i32.const 1))))
      (array.copy $Slots $Slots (local.get $larger) (i32.const 0) (global.get $web_socket_owners) (i32.const 0)
        (array.len (global.get $web_socket_owners)))
      (global.set $web_socket_owners (local.get $larger))))
  (array.set $Slots (global.get $web_socket_owners) (local.get $handle) (local.get $owner)))

(func $primitive_CpSystemPlugin_primitiveWebSocketConnectToUrl:withEventSemaphore: (param $receiver eqref) (param $url eqref)
    (param $semaphore eqref) (param $depth i32) (result eqref)
  (local $length i32) (local $handle i32)
  (local.set $length (call $string_to_memory (local.get $url) (i32.const 0) (i32.const 16384)))
  (if (i32.lt_s (local.get $length) (i32.const 0)) (then (return (global.get $failed))))
  (local.set $handle (call $host_web_socket_open (i32.const 0) (local.get $length)
    (call $small_or (local.get $semaphore) (i32.const 0))))
  (if (i32.lt_s (local.get $handle) (i32.const 0)) (then (return (global.get $failed))))
  (call $own_web_socket (local.get $handle) (local.get $receiver))
  (local.get $receiver))

;; 0 connecting, 1 open, 2 closing, 3 closed
(func $primitive_CpSystemPlugin_primitiveWebSocketReadyState (param $receiver eqref) (param $depth i32) (result eqref)
  (local $handle i32)
  (local.set $handle (call $web_socket_of (local.get $receiver)))
  (if (i32.lt_s (local.get $handle) (i32.const 0)) (then (return (global.get $failed))))
  (ref.i31 (call $host_web_socket_state (local.get $handle))))

;; The next message as a ByteArray; nil when there is none. It crosses in pieces.
(func $primitive_CpSystemPlugin_primitiveWebSocketReceivedMessage (param $receiver eqref) (param $depth i32) (result eqref)
  (local $handle i32) (local $size i32) (local $at i32) (local $count i32) (local $message eqref)
  (local.set $handle (call $web_socket_of (local.get $receiver)))
  (if (i32.lt_s (local.get $handle) (i32.const 0)) (then (return (global.get $failed))))
  (local.set $size (call $host_web_socket_message (local.get $handle)))
  (if (i32.lt_s (local.get $size) (i32.const 0)) (then (return (ref.null eq))))
  (local.set $message (call $new_bytes (global.get $class_index_byte_array) (local.get $size)))
  (loop $next
    (local.set $count (call $host_web_socket_read (local.get $handle) (local.get $at) (i32.const 0)))
    (call $elements_from_memory (local.get $message) (local.get $at) (local.get $count))
    (local.set $at (i32.add (local.get $at) (local.get $count)))
    (br_if $next (i32.lt_u (local.get $at) (local.get $size))))
  (local.get $message))

(func $primitive_CpSystemPlugin_primitiveWebSocketSend: (param $receiver eqref) (param $message eqref) (param $depth i32)
    (result eqref)
  (local $handle i32) (local $at i32) (local $count i32) (local $size i32)
  (local.set $handle (call $web_socket_of (local.get $receiver)))
  (if (i32.or (i32.lt_s (local.get $handle) (i32.const 0)) (i32.eqz (ref.test (ref $ByteObject) (local.get $message))))
    (then (return (global.get $failed))))
  (local.set $size (call $text_size (local.get $message)))
  (loop $next
    (local.set $count (i32.sub (local.get $size) (local.get $at)))
    (if (i32.gt_u (local.get $count) (global.get $transfer_size)) (then (local.set $count (global.get $transfer_size))))
    (call $elements_to_memory (local.get $message) (local.get $at) (local.get $count))
    (local.set $at (i32.add (local.get $at) (local.get $count)))
    (call $host_web_socket_write (local.get $handle) (i32.const 0) (local.get $count))
    (br_if $next (i32.lt_u (local.get $at) (local.get $size))))
  (return_call $as_bool (call $host_web_socket_send (local.get $handle))))

(func $primitive_CpSystemPlugin_primitiveWebSocketClose (param $receiver eqref) (param $depth i32) (result eqref)
  (local $handle i32)
  (local.set $handle (call $web_socket_of (local.get $receiver)))
  (if (i32.lt_s (local.get $handle) (i32.const 0)) (then (return (global.get $failed))))
  (call $host_web_socket_close (local.get $handle))
  (global.get $true))
