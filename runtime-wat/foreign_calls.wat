;; Calls from JavaScript into the image, and Semaphores that JavaScript signals. A call is a Process of its own, which begins
;; with a Context made here: it performs one send, and its return tells the host the value.

(global $pending_first (mut eqref) (ref.null eq))       ;; processes to be resumed, linked by nextLink
(global $pending_last (mut eqref) (ref.null eq))
(global $pending_semaphores (mut (ref $Slots)) (array.new_default $Slots (i32.const 16)))
(global $pending_semaphore_count (mut i32) (i32.const 0))

;; What tells the methods made here from all others: no method of the image has this id.
(global $foreign_call_id i32 (i32.const -2))

;; Begins `receiver selector arguments` in a new Process; answers its Context, which names the call in what the host is
;; told later. nil: this cannot be sent. Nothing runs before the next time slice.
(func $start_call (export "startCall") (param $receiver eqref) (param $selector eqref) (param $arguments eqref)
    (param $priority i32) (result eqref)
  (local $slots (ref $Slots)) (local $frame (ref $Slots)) (local $count i32) (local $context (ref $Context))
  (local $process eqref)
  (local.set $slots (call $slots_of (local.get $arguments)))
  (local.set $count (array.len (local.get $slots)))
  (if (i32.or (i32.gt_u (local.get $count) (i32.const 15)) (ref.is_null (local.get $selector)))
    (then (return (ref.null eq))))
  (local.set $frame (array.new_default $Slots (i32.const 56)))
  (array.set $Slots (local.get $frame) (i32.const 0) (local.get $receiver))
  (array.copy $Slots $Slots (local.get $frame) (i32.const 1) (local.get $slots) (i32.const 0) (local.get $count))
  (local.set $context (call $new_context (call $foreign_call_method (local.get $selector) (local.get $count))
    (ref.null eq) (ref.null eq) (local.get $frame) (i32.const 0) (i32.add (local.get $count) (i32.const 1))))
  (local.set $process (call $new_instance (call $class_at (global.get $class_index_process)) (i32.const 0)))
  (if (ref.eq (local.get $process) (global.get $failed)) (then (return (ref.null eq))))
  (call $slot_put (local.get $process) (i32.const 1) (local.get $context))
  (call $slot_put (local.get $process) (i32.const 2) (ref.i31 (call $possible_priority (local.get $priority))))
  (call $add_pending (local.get $process))
  (local.get $context))

;; Old schedulers have 8 priorities, of which the fourth is the user's.
(func $possible_priority (param $priority i32) (result i32)
  (local $count i32)
  (local.set $count (call $slot_count (call $slot_get (call $scheduler) (i32.const 0))))
  (if (i32.le_u (local.get $priority) (local.get $count)) (then (return (local.get $priority))))
  (i32.add (i32.shr_u (local.get $count) (i32.const 1)) (i32.const 1)))

;; With receiver and arguments on its stack: the send, with the count of arguments and literal 0, then a return (V3 bytecodes).
;; A large frame and three literals, in either form of method headers.
;; For those who look at the method, it belongs to the class that understands doesNotUnderstand: for nil.
(func $foreign_call_method (param $selector eqref) (param $count i32) (result (ref $CompiledMethod))
  (local $method (ref $CompiledMethod)) (local $bytes (ref $Bytes)) (local $class_literals (ref $Slots))
  (local.set $method (call $new_method (global.get $class_index_compiled_method)
    (select (i32.const 0x20600) (i32.const 0x20003) (global.get $v3)) (i32.const 4)))
  (local.set $bytes (struct.get $CompiledMethod $bytes (local.get $method)))
  (array.set $Bytes (local.get $bytes) (i32.const 0) (i32.const 132))
  (array.set $Bytes (local.get $bytes) (i32.const 1) (local.get $count))
  (array.set $Bytes (local.get $bytes) (i32.const 3) (i32.const 124))
  (array.set $Slots (struct.get $CompiledMethod $literals (local.get $method)) (i32.const 0) (local.get $selector))
  (array.set $Slots (struct.get $CompiledMethod $literals (local.get $method)) (i32.const 1) (local.get $selector))
  (struct.set $CompiledMethod $methodId (local.get $method) (global.get $foreign_call_id))
  (block $no_method (result eqref)
    (local.set $class_literals (struct.get $CompiledMethod $literals (br_on_cast_fail $no_method eqref (ref $CompiledMethod)
      (call $method_for (global.get $class_index_nil) (global.get $selector_does_not_understand)))))
    (if (array.len (local.get $class_literals))
      (then (array.set $Slots (struct.get $CompiledMethod $literals (local.get $method)) (i32.const 2)
        (array.get $Slots (local.get $class_literals)
          (i32.sub (array.len (local.get $class_literals)) (i32.const 1))))))
    (return (local.get $method)))
  (drop)
  (local.get $method))

(func $is_foreign_call (param $context (ref $Context)) (result i32)
  (i32.eq (global.get $foreign_call_id)
    (struct.get $CompiledMethod $methodId (struct.get $Context $method (local.get $context)))))

;; At depth 0: the host hears the value, the Process ends, another one goes on.
(func $finish_foreign_call (param $context (ref $Context)) (param $value eqref) (result eqref)
  (call $host_call_returned (local.get $context) (local.get $value))
  (struct.set $Context $pc (local.get $context) (i32.const -1))
  (call $begin_capture (i32.const 0) (ref.null eq))
  (global.set $after_capture (i32.const 2))
  (global.set $next_process (call $wake_highest))
  (global.get $unwind))

;; --- what waits for the run loop ---

(func $add_pending (param $process eqref)
  (if (ref.is_null (global.get $pending_first))
    (then (global.set $pending_first (local.get $process)))
    (else (call $slot_put (global.get $pending_last) (i32.const 0) (local.get $process))))
  (global.set $pending_last (local.get $process))
  (global.set $external_pending (i32.const 1)))

;; A Semaphore that is signalled as soon as possible, whether or not it is among the external objects.
(func $signal_from_host (export "signalSemaphore") (param $semaphore eqref)
  (local $larger (ref $Slots)) (local $count i32)
  (local.set $count (global.get $pending_semaphore_count))
  (if (i32.eq (local.get $count) (array.len (global.get $pending_semaphores)))
    (then
      (local.set $larger (array.new_default $Slots (i32.shl (local.get $count) (i32.const 1))))
      (array.copy $Slots $Slots (local.get $larger) (i32.const 0)
        (global.get $pending_semaphores) (i32.const 0) (local.get $count))
      (global.set $pending_semaphores (local.get $larger))))
  (array.set $Slots (global.get $pending_semaphores) (local.get $count) (local.get $semaphore))
  (global.set $pending_semaphore_count (i32.add (local.get $count) (i32.const 1)))
  (global.set $external_pending (i32.const 1)))

;; At depth 0, from the run loop.
(func $deliver_from_host
  (local $process eqref) (local $i i32)
  (loop $next
    (if (i32.eqz (ref.is_null (global.get $pending_first)))
      (then
        (local.set $process (global.get $pending_first))
        (global.set $pending_first (call $slot_get (local.get $process) (i32.const 0)))
        (call $slot_put (local.get $process) (i32.const 0) (ref.null eq))
        (call $resume_now (local.get $process))
        (br $next))))
  (global.set $pending_last (ref.null eq))
  (loop $next
    (if (i32.lt_u (local.get $i) (global.get $pending_semaphore_count))
      (then
        (call $signal_now (array.get $Slots (global.get $pending_semaphores) (local.get $i)))
        (array.set $Slots (global.get $pending_semaphores) (local.get $i) (ref.null eq))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br $next))))
  (global.set $pending_semaphore_count (i32.const 0)))
