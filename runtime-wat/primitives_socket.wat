;; SocketPlugin: client connections of the host's kinds, and names for them. A socket looks to Smalltalk as a file does: a
;; ByteArray of 12 bytes, with a mark of its own.

(global $socket_mark i32 (i32.const 0x6B636F73))        ;; "sock"
(global $resolver_semaphore (mut i32) (i32.const 0))
(global $resolved_address (mut i32) (i32.const 0))      ;; of the name looked up last; 0: there is none
(global $named_address (mut i32) (i32.const 0))         ;; whose name was asked for last

(func $socket_handle (param $value eqref) (result i32)
  (local $bytes (ref $Bytes))
  (block $other (result eqref)
    (local.set $bytes (struct.get $ByteObject $bytes (br_on_cast_fail $other eqref (ref $ByteObject) (local.get $value))))
    (if (i32.ne (array.len (local.get $bytes)) (i32.const 12)) (then (return (i32.const -1))))
    (if (i32.ne (call $word_at (local.get $bytes) (i32.const 0)) (global.get $socket_mark)) (then (return (i32.const -1))))
    (if (i32.ne (call $word_at (local.get $bytes) (i32.const 4)) (call $session)) (then (return (i32.const -1))))
    (return_call $word_at (local.get $bytes) (i32.const 8)))
  (drop)
  (i32.const -1))

;; An address is a ByteArray of four bytes.
(func $new_address (param $address i32) (result eqref)
  (local $bytes (ref $Bytes))
  (local.set $bytes (array.new_fixed $Bytes 4
    (i32.shr_u (local.get $address) (i32.const 24)) (i32.shr_u (local.get $address) (i32.const 16))
    (i32.shr_u (local.get $address) (i32.const 8)) (local.get $address)))
  (struct.new $ByteObject (global.get $class_index_byte_array) (i32.const 0) (local.get $bytes)))

(func $address_value (param $value eqref) (result i32)
  (local $bytes (ref $Bytes)) (local $i i32) (local $address i32)
  (block $other (result eqref)
    (local.set $bytes (struct.get $ByteObject $bytes (br_on_cast_fail $other eqref (ref $ByteObject) (local.get $value))))
    (if (i32.ne (array.len (local.get $bytes)) (i32.const 4)) (then (return (i32.const 0))))
    (loop $next
      (local.set $address (i32.or (i32.shl (local.get $address) (i32.const 8))
        (array.get_u $Bytes (local.get $bytes) (local.get $i))))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $next (i32.lt_u (local.get $i) (i32.const 4))))
    (return (local.get $address)))
  (drop)
  (i32.const 0))

(func $count_or_failed (param $count i32) (result eqref)
  (if (i32.lt_s (local.get $count) (i32.const 0)) (then (return (global.get $failed))))
  (ref.i31 (local.get $count)))

;; --- the network and names ---

(func $primitive_SocketPlugin_primitiveHasSocketAccess (param $receiver eqref) (param $depth i32) (result eqref)
  (global.get $true))

(func $primitive_SocketPlugin_primitiveInitializeNetwork (param $receiver eqref) (param $semaphore eqref) (param $depth i32)
    (result eqref)
  (global.set $resolver_semaphore (call $small_or (local.get $semaphore) (i32.const 0)))
  (local.get $receiver))

;; 1: ready. A lookup is over as soon as it has begun.
(func $primitive_SocketPlugin_primitiveResolverStatus (param $receiver eqref) (param $depth i32) (result eqref)
  (ref.i31 (i32.const 1)))

(func $primitive_SocketPlugin_primitiveResolverError (param $receiver eqref) (param $depth i32) (result eqref)
  (ref.i31 (i32.eqz (global.get $resolved_address))))

(func $primitive_SocketPlugin_primitiveResolverAbortLookup (param $receiver eqref) (param $depth i32) (result eqref)
  (local.get $receiver))

(func $primitive_SocketPlugin_primitiveResolverStartNameLookup (param $receiver eqref) (param $name eqref) (param $depth i32)
    (result eqref)
  (local $length i32)
  (local.set $length (call $name_to_memory (local.get $name) (i32.const 0)))
  (if (i32.lt_s (local.get $length) (i32.const 0)) (then (return_call $fail_with (i32.const 3))))
  (global.set $resolved_address (call $host_address_of (i32.const 0) (local.get $length)))
  (call $signal_external (global.get $resolver_semaphore))
  (local.get $receiver))

(func $primitive_SocketPlugin_primitiveResolverNameLookupResult (param $receiver eqref) (param $depth i32) (result eqref)
  (if (i32.eqz (global.get $resolved_address)) (then (return (ref.null eq))))
  (return_call $new_address (global.get $resolved_address)))

(func $primitive_SocketPlugin_primitiveResolverStartAddressLookup (param $receiver eqref) (param $address eqref)
    (param $depth i32) (result eqref)
  (global.set $named_address (call $address_value (local.get $address)))
  (call $signal_external (global.get $resolver_semaphore))
  (local.get $receiver))

(func $primitive_SocketPlugin_primitiveResolverAddressLookupResult (param $receiver eqref) (param $depth i32) (result eqref)
  (return_call $string_or_failed (call $host_name_of (global.get $named_address) (i32.const 0))))

(func $primitive_SocketPlugin_primitiveResolverLocalAddress (param $receiver eqref) (param $depth i32) (result eqref)
  (return_call $new_address (i32.const 0x7F000001)))

;; --- sockets ---

(func $create_socket (param $type eqref) (param $semaphore eqref) (param $read eqref) (param $write eqref) (result eqref)
  (local $bytes (ref $Bytes)) (local $handle i32)
  ;; 0: TCP; there is no UDP.
  (if (call $small_or (local.get $type) (i32.const 0)) (then (return_call $fail_with (i32.const 3))))
  (local.set $handle (call $host_socket_create (call $small_or (local.get $semaphore) (i32.const 0))
    (call $small_or (local.get $read) (i32.const 0)) (call $small_or (local.get $write) (i32.const 0))))
  (if (i32.lt_s (local.get $handle) (i32.const 0)) (then (return (global.get $failed))))
  (local.set $bytes (array.new_default $Bytes (i32.const 12)))
  (call $put_word (local.get $bytes) (i32.const 0) (global.get $socket_mark))
  (call $put_word (local.get $bytes) (i32.const 4) (call $session))
  (call $put_word (local.get $bytes) (i32.const 8) (local.get $handle))
  (struct.new $ByteObject (global.get $class_index_byte_array) (i32.const 0) (local.get $bytes)))

(func $primitive_SocketPlugin_primitiveSocketCreate3Semaphores (param $receiver eqref) (param $net eqref) (param $type eqref)
    (param $receive eqref) (param $send eqref) (param $semaphore eqref) (param $read eqref) (param $write eqref)
    (param $depth i32) (result eqref)
  (return_call $create_socket (local.get $type) (local.get $semaphore) (local.get $read) (local.get $write)))

(func $primitive_SocketPlugin_primitiveSocketCreate (param $receiver eqref) (param $net eqref) (param $type eqref)
    (param $receive eqref) (param $send eqref) (param $semaphore eqref) (param $depth i32) (result eqref)
  (return_call $create_socket (local.get $type) (local.get $semaphore) (local.get $semaphore) (local.get $semaphore)))

(func $primitive_SocketPlugin_primitiveSocketConnectToPort (param $receiver eqref) (param $socket eqref) (param $address eqref)
    (param $port eqref) (param $depth i32) (result eqref)
  (return_call $receiver_or_failed (local.get $receiver) (call $host_socket_connect (call $socket_handle (local.get $socket))
    (call $address_value (local.get $address)) (call $small_or (local.get $port) (i32.const -1)))))

;; -1 no socket, 0 unconnected, 1 waiting, 2 connected, 3 closed by the other end, 4 closed here
(func $primitive_SocketPlugin_primitiveSocketConnectionStatus (param $receiver eqref) (param $socket eqref) (param $depth i32)
    (result eqref)
  (ref.i31 (call $host_socket_ask (call $socket_handle (local.get $socket)) (i32.const 0))))

(func $primitive_SocketPlugin_primitiveSocketError (param $receiver eqref) (param $socket eqref) (param $depth i32)
    (result eqref)
  (return_call $count_or_failed (call $host_socket_ask (call $socket_handle (local.get $socket)) (i32.const 1))))

(func $primitive_SocketPlugin_primitiveSocketReceiveDataAvailable (param $receiver eqref) (param $socket eqref)
    (param $depth i32) (result eqref)
  (return_call $as_bool (i32.gt_s (call $host_socket_ask (call $socket_handle (local.get $socket)) (i32.const 2)) (i32.const 0))))

(func $primitive_SocketPlugin_primitiveSocketSendDone (param $receiver eqref) (param $socket eqref) (param $depth i32)
    (result eqref)
  (return_call $as_bool (i32.gt_s (call $host_socket_ask (call $socket_handle (local.get $socket)) (i32.const 3)) (i32.const 0))))

(func $primitive_SocketPlugin_primitiveSocketRemotePort (param $receiver eqref) (param $socket eqref) (param $depth i32)
    (result eqref)
  (return_call $count_or_failed (call $host_socket_ask (call $socket_handle (local.get $socket)) (i32.const 4))))

(func $primitive_SocketPlugin_primitiveSocketRemoteAddress (param $receiver eqref) (param $socket eqref) (param $depth i32)
    (result eqref)
  (return_call $new_address (call $host_socket_ask (call $socket_handle (local.get $socket)) (i32.const 5))))

(func $primitive_SocketPlugin_primitiveSocketLocalPort (param $receiver eqref) (param $socket eqref) (param $depth i32)
    (result eqref)
  (ref.i31 (i32.const 0)))

(func $primitive_SocketPlugin_primitiveSocketLocalAddress (param $receiver eqref) (param $socket eqref) (param $depth i32)
    (result eqref)
  (return_call $new_address (i32.const 0x7F000001)))

(func $primitive_SocketPlugin_primitiveSocketCloseConnection (param $receiver eqref) (param $socket eqref) (param $depth i32)
    (result eqref)
  (return_call $receiver_or_failed (local.get $receiver)
    (call $host_socket_end (call $socket_handle (local.get $socket)) (i32.const 0))))

(func $primitive_SocketPlugin_primitiveSocketAbortConnection (param $receiver eqref) (param $socket eqref) (param $depth i32)
    (result eqref)
  (return_call $receiver_or_failed (local.get $receiver)
    (call $host_socket_end (call $socket_handle (local.get $socket)) (i32.const 1))))

(func $primitive_SocketPlugin_primitiveSocketDestroy (param $receiver eqref) (param $socket eqref) (param $depth i32)
    (result eqref)
  (return_call $receiver_or_failed (local.get $receiver)
    (call $host_socket_end (call $socket_handle (local.get $socket)) (i32.const 2))))

;; --- data: count elements of a buffer from start on; at most what the transfer area holds ---

(func $primitive_SocketPlugin_primitiveSocketSendDataBufCount (param $receiver eqref) (param $socket eqref) (param $buffer eqref)
    (param $start eqref) (param $count eqref) (param $depth i32) (result eqref)
  (local $from i32) (local $left i32) (local $size i32) (local $sent i32)
  (call $transfer_range (local.get $buffer) (local.get $start) (local.get $count))
  (local.set $left)
  (local.set $from)
  (if (i32.lt_s (local.get $from) (i32.const 0)) (then (return (global.get $failed))))
  (local.set $size (call $transfer_element_size (local.get $buffer)))
  (local.set $left (call $piece (local.get $left) (local.get $size)))
  (call $elements_to_memory (local.get $buffer) (local.get $from) (local.get $left))
  (local.set $sent (call $host_socket_send (call $socket_handle (local.get $socket)) (i32.const 0)
    (i32.mul (local.get $left) (local.get $size))))
  (if (i32.lt_s (local.get $sent) (i32.const 0)) (then (return (global.get $failed))))
  (ref.i31 (i32.div_u (local.get $sent) (local.get $size))))

(func $primitive_SocketPlugin_primitiveSocketReceiveDataBufCount (param $receiver eqref) (param $socket eqref)
    (param $buffer eqref) (param $start eqref) (param $count eqref) (param $depth i32) (result eqref)
  (local $from i32) (local $left i32) (local $size i32) (local $received i32)
  (call $transfer_range (local.get $buffer) (local.get $start) (local.get $count))
  (local.set $left)
  (local.set $from)
  (if (i32.or (i32.lt_s (local.get $from) (i32.const 0)) (call $is_immutable (local.get $buffer)))
    (then (return (global.get $failed))))
  (local.set $size (call $transfer_element_size (local.get $buffer)))
  (local.set $received (call $host_socket_receive (call $socket_handle (local.get $socket)) (i32.const 0)
    (i32.mul (call $piece (local.get $left) (local.get $size)) (local.get $size))))
  (if (i32.lt_s (local.get $received) (i32.const 0)) (then (return (global.get $failed))))
  (local.set $received (i32.div_u (local.get $received) (local.get $size)))
  (call $elements_from_memory (local.get $buffer) (local.get $from) (local.get $received))
  (ref.i31 (local.get $received)))
