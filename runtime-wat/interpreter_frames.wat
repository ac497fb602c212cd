;; Which Contexts the invocations of the interpreter run: for the stack trace of an error that leaves the image, whose native
;; frames are gone before anybody could ask them (host/stack_trace.mjs). They are noted where the interpreter calls something
;; that may fail, and not at each send: a Context that has returned since tells so by its pc.

(export "interpret" (func $interpret))              ;; so that the host can tell the interpreter's frames

;; The invocation at depth 0 has $active_context. Those on top of native frames: how many there are, the Context of the youngest
;; and, by their level, of the others.
(global $interpreter_level (mut i32) (i32.const 0))
(global $interpreted (mut (ref null $Context)) (ref.null $Context))
(global $outer_interpreted (ref $Slots) (array.new_default $Slots (i32.const 256)))

(func $note_interpreted (param $context (ref $Context)) (param $depth i32)
  (if (local.get $depth)
    (then (global.set $interpreted (local.get $context)))
    (else (global.set $active_context (local.get $context))))
;;@if RECORDED
  (call $record_interpreted (local.get $context) (local.get $depth))
;;@endif
  )

;; An invocation on top of native frames begins and ends. Very deep ones are not kept.
(func $enter_interpreter (param $context (ref $Context))
  (if (i32.lt_u (global.get $interpreter_level) (i32.const 256))
    (then (array.set $Slots (global.get $outer_interpreted) (global.get $interpreter_level) (global.get $interpreted))))
  (global.set $interpreter_level (i32.add (global.get $interpreter_level) (i32.const 1)))
  (global.set $interpreted (local.get $context)))

(func $leave_interpreter (param $outer (ref null $Context))
  (global.set $interpreter_level (i32.sub (global.get $interpreter_level) (i32.const 1)))
  (if (i32.lt_u (global.get $interpreter_level) (i32.const 256))
    (then (array.set $Slots (global.get $outer_interpreted) (global.get $interpreter_level) (ref.null eq))))
  (global.set $interpreted (local.get $outer)))

;; Whether it is the Context that the run loop or an invocation has gone on with last: only that can be running natively. Of too
;; many invocations not all are known.
(func $is_youngest_of_some (param $context (ref $Context)) (result i32)
  (local $level i32)
  (if (ref.eq (local.get $context) (global.get $active_context)) (then (return (i32.const 1))))
  (local.set $level (global.get $interpreter_level))
  (if (i32.eqz (local.get $level)) (then (return (i32.const 0))))
  (if (i32.gt_u (local.get $level) (i32.const 256)) (then (return (i32.const 1))))
  (if (ref.eq (local.get $context) (global.get $interpreted)) (then (return (i32.const 1))))
  (loop $outward
    (local.set $level (i32.sub (local.get $level) (i32.const 1)))
    (if (ref.eq (local.get $context) (array.get $Slots (global.get $outer_interpreted) (local.get $level)))
      (then (return (i32.const 1))))
    (br_if $outward (local.get $level)))
  (i32.const 0))

;; The Context that an invocation runs, 0 the youngest; null where it is not known.
(func $interpreted_context (export "interpretedContext") (param $age i32) (result eqref)
  (local $level i32)
  (local.set $level (i32.sub (global.get $interpreter_level) (local.get $age)))
  (if (i32.eqz (local.get $level)) (then (return (global.get $active_context))))
  (if (i32.eqz (local.get $age)) (then (return (global.get $interpreted))))
  (if (i32.ge_u (local.get $level) (i32.const 256)) (then (return (ref.null eq))))
  (array.get $Slots (global.get $outer_interpreted) (local.get $level)))
